/// The runs as chips: chosen by a click, added, copied, hidden and removed.
#pragma once

#include <QWidget>
#include <vector>

class QMenu;
class QPushButton;
class QVBoxLayout;

namespace kappa::ui {

class AppTheme;
class RunChip;
class Session;

class RunList : public QWidget {
  Q_OBJECT

 public:
  RunList(Session& session, const AppTheme& theme, QWidget* parent = nullptr);

  /// What can be done to the chosen run; also behind a button of its form.
  QMenu* menu() const { return menu_; }

 signals:
  void renameAsked();

 private:
  void showDocument();
  void tell(std::size_t run);
  void look();
  void fillMenu();
  void add(const QString& optimizer);

  Session& session_;
  const AppTheme& theme_;
  QVBoxLayout* chips_column_;
  std::vector<RunChip*> chips_;
  QPushButton* add_;
  QMenu *menu_, *methods_;
};

}  // namespace kappa::ui
