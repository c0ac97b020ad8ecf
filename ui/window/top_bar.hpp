/// The bar above everything: the document's name and state, the places, the menus.
#pragma once

#include <QFrame>
#include <QKeySequence>

class QAction;
class QLabel;
class QMenu;

namespace kappa::ui {

class Actions;
class AppTheme;
class ElidedLabel;
class Session;

class TopBar : public QFrame {
  Q_OBJECT

 public:
  TopBar(Session& session, Actions& actions, const AppTheme& theme, QWidget* parent = nullptr);

  /// A menu at the right end, in order of adding.
  void addMenu(const QString& name, QMenu* menu, const QKeySequence& key);
  void addButton(QAction* action);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void showDocument();
  void showTip(const QString& tip);
  void place();

  Session& session_;
  const AppTheme& theme_;
  QLabel *name_, *edited_;
  ElidedLabel *title_, *tip_;
  QWidget *left_, *places_, *right_, *find_ = nullptr;
};

}  // namespace kappa::ui
