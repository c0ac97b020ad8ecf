/// The gallery: every built-in experiment as a card, under the headings of their groups.
#pragma once

#include <QScrollArea>
#include <vector>

class QLabel;

namespace kappa::ui {

class AppTheme;
class GalleryCard;

class GalleryPage : public QScrollArea {
  Q_OBJECT

 public:
  explicit GalleryPage(const AppTheme& theme, QWidget* parent = nullptr);

  const std::vector<GalleryCard*>& cards() const { return cards_; }

 signals:
  void chosen(const QString& name);
  void fileAsked();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void place();
  GalleryCard* beside(const GalleryCard& card, int key) const;

  struct Group {
    QLabel* head;
    std::vector<GalleryCard*> cards;
  };
  QWidget *floor_, *top_;
  std::vector<Group> groups_;
  std::vector<GalleryCard*> cards_;
};

}  // namespace kappa::ui
