/// What theory says of the chosen run's fields, written under them, with its best values a click away.
#pragma once

#include <QObject>

namespace kappa::ui {

class NodeForm;
class Session;

/// Lives as long as the form.
class AdviceNotes : public QObject {
  Q_OBJECT

 public:
  AdviceNotes(Session& session, NodeForm& form);

 private:
  void show();
  void snap();

  Session& session_;
  NodeForm& form_;
};

}  // namespace kappa::ui
