/// The question of a lesson's step: what do you expect? And, once it has run, what was found.
#pragma once

#include <QFrame>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace kappa::ui {

class AppTheme;
class ChoiceButton;
class LessonPlayer;

class QuestionBox : public QFrame {
  Q_OBJECT

 public:
  QuestionBox(LessonPlayer& player, const AppTheme& theme, QWidget* parent = nullptr);

  const std::vector<ChoiceButton*>& choices() const { return choices_; }
  QLineEdit* number() const { return number_; }
  QPushButton* predictButton() const { return predict_; }
  QPushButton* passButton() const { return pass_; }
  QString told() const;  ///< what stands below the answers

 private:
  void build();
  void follow();
  void tellNumbers();
  QString verdict() const;
  void take();

  LessonPlayer& player_;
  const AppTheme& theme_;
  QLabel *question_, *unit_, *told_;
  QWidget* answers_ = nullptr;
  std::vector<ChoiceButton*> choices_;
  QLineEdit* number_;
  QPushButton *predict_, *pass_;
  QWidget *number_row_, *buttons_;
  std::size_t built_step_ = ~std::size_t{0};
  QString built_lesson_;
};

}  // namespace kappa::ui
