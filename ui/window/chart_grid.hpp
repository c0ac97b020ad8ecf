/// The charts that the document wants to see, as cards on a grid with the loss largest.
#pragma once

#include <QElapsedTimer>
#include <QScrollArea>
#include <vector>

#include "core/lab.hpp"
#include "ui/window/chart_looks.hpp"

class QMenu;
class QToolButton;

namespace kappa::ui {

class AppTheme;
class ChartCard;
class Session;

struct CardShape {
  FigureForm form{};
  int span = 0;  ///< columns: 1 or 2; 0: as it comes
};

/// Where cards go, in their order: two columns, the wider one for wide pictures; one column where there is little
/// room for type that is `type` times the usual. The first two rows fill the room, the others follow below.
std::vector<QRect> arrangeCards(const std::vector<CardShape>& cards, QSize room, double type = 1);
/// Where there is no room for two beside each other.
bool inOneColumn(int width, double type = 1);
/// Where there is no room for four: pages of one card or two, each as tall as the view.
bool inPages(QSize room, double type = 1);

class ChartGrid : public QScrollArea {
  Q_OBJECT

 public:
  ChartGrid(Session& session, const AppTheme& theme, QWidget* parent = nullptr);
  ~ChartGrid() override;

  const std::vector<ChartCard*>& cards() const { return cards_; }
  /// One card over all others; the same again, or null, brings them back.
  void maximise(ChartCard* card);
  ChartCard* maximised() const { return maximised_; }

  // Edits of the document's view, which can be undone.
  void setLook(const ChartLook& look, const QString& text);
  void remove(ChartCard* card);
  void add(const QString& id, const QString& behind);  ///< a removed one comes back
  void exchange(ChartCard* one, ChartCard* other);
  void move(ChartCard* card, int by);
  /// Adds the probe to the document, and its figures behind another one.
  void measure(const Node& probe, const QString& behind);
  /// The same where the document may have its figures already.
  void showBehind(const Node& probe, const QString& behind);

  std::vector<const FigureSpec*> removed() const;
  QMenu* addMenu() const { return add_menu_; }
  void showData(const ChartCard& card);

 signals:
  void exportRequested(kappa::ui::ChartCard* card);
  void copyRequested(kappa::ui::ChartCard* card);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void adopt();
  void rebuild();
  ChartCard* makeCard(const FigureSpec& spec);
  void showCards();
  void place();
  void refresh(bool view_changed);
  void write(const ChartLooks& looks, const QString& text);
  void point(const ChartCard* from, std::optional<double> x);
  ChartCard* cardAt(const QPoint& on_screen) const;
  void carry(ChartCard* card, const QPoint& at);
  void drop(ChartCard* card, const QPoint& at, bool here);

  Session& session_;
  const AppTheme& theme_;
  QWidget *floor_, *target_;
  QMenu* add_menu_;
  QToolButton* empty_;
  std::vector<ChartCard*> cards_;
  ChartLooks looks_;  ///< of all figures, shown or not
  QJsonArray adopted_;
  ChartCard* maximised_ = nullptr;
  QElapsedTimer since_drawn_;
  qint64 work_before_ = 0;  ///< what this thread had done when the last drawing began, in nanoseconds
};

}  // namespace kappa::ui
