/// Which theories are drawn beside the runs: all that apply, none, or those that are ticked.
#pragma once

#include <QWidget>
#include <vector>

namespace kappa::ui {

class ChoiceField;
class FieldRow;
class FlagField;
class Session;

class TheoryForm : public QWidget {
  Q_OBJECT

 public:
  explicit TheoryForm(Session& session, QWidget* parent = nullptr);

 private:
  void showDocument();
  void take(const QString& mode);
  void tick(const std::string& id, bool on);

  Session& session_;
  ChoiceField* modes_;
  std::vector<std::pair<std::string, FlagField*>> theories_;
  QWidget* list_;
};

}  // namespace kappa::ui
