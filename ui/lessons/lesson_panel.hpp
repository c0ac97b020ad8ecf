/// The lesson beside the charts: its step, its question, and the way on and back.
#pragma once

#include <QFrame>

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace kappa::ui {

class Actions;
class AppTheme;
class LessonPlayer;
class QuestionBox;

class LessonPanel : public QFrame {
  Q_OBJECT

 public:
  LessonPanel(LessonPlayer& player, Actions& actions, const AppTheme& theme, QWidget* parent = nullptr);

  QuestionBox* question() const { return question_; }
  QPushButton* nextButton() const { return next_; }
  QPushButton* backButton() const { return back_; }
  QPushButton* restoreButton() const { return restore_; }
  QToolButton* leaveButton() const { return leave_; }
  QLabel* text() const { return text_; }
  /// Its width in a window that is so wide: more where the type is larger, never more than the charts have.
  int widthIn(int window) const;

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void showStep();
  void showNumbers();
  bool turn(int key);

  LessonPlayer& player_;
  const AppTheme& theme_;
  QLabel *title_, *count_, *text_, *strayed_;
  QProgressBar* progress_;
  QScrollArea* scroll_;
  QuestionBox* question_;
  QPushButton *back_, *next_, *restore_;
  QToolButton* leave_;
  std::size_t shown_step_ = ~std::size_t{0};
};

}  // namespace kappa::ui
