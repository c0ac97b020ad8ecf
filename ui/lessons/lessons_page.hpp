/// The place where lessons are chosen.
#pragma once

#include <QScrollArea>
#include <vector>

class QLabel;

namespace kappa::ui {

class AppTheme;
class LessonCard;

class LessonsPage : public QScrollArea {
  Q_OBJECT

 public:
  explicit LessonsPage(const AppTheme& theme, QWidget* parent = nullptr);

  const std::vector<LessonCard*>& cards() const { return cards_; }

 signals:
  void chosen(const QString& name);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void place();

  QWidget *floor_, *top_;
  std::vector<LessonCard*> cards_;
};

}  // namespace kappa::ui
