/// Greys the fields of the setup panel that the step of a lesson keeps as they are.
#pragma once

#include <QObject>

namespace kappa::ui {

class Session;
class SetupPanel;

class LockedFields : public QObject {
  Q_OBJECT

 public:
  LockedFields(Session& session, SetupPanel& setup);

 private:
  void show();

  Session& session_;
  SetupPanel& setup_;
};

}  // namespace kappa::ui
