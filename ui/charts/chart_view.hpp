/// A card that shows one figure: title, state, legend and plot.
#pragma once

#include <QFrame>
#include <optional>

#include "ui/charts/figure_scene.hpp"

class QHBoxLayout;

namespace kappa::ui {

class AppTheme;
class ElidedLabel;
class Legend;
class PlotView;
class StateLabel;

class ChartView : public QFrame {
  Q_OBJECT

 public:
  explicit ChartView(const AppTheme& theme, QWidget* parent = nullptr);
  ~ChartView() override;

  using QFrame::show;
  /// Shows a figure. Nothing is done for one that is shown already, and little while the card is hidden.
  void show(const Figure& figure);
  const Figure& figure() const { return figure_; }

  /// The cursor line shared by all charts; moves without the plot being drawn again.
  void setCursorLine(std::optional<double> x);
  /// The x that is pointed at in another chart.
  void setLinkedCursor(std::optional<double> x);
  void setStartDraggable(bool on);
  void setLegendVisible(bool on);
  /// What may be done here, right of the title after the state.
  void setHint(const QString& hint, const QString& help);
  static QString wheelHelp();
  /// A small button or label under the state, at the right end of the legend's row.
  void addToHeader(QWidget* widget);

  /// Columns of pixels the plot has, for the decimation of what is shown.
  unsigned pixelColumns() const;
  const FigureScene& scene() const { return *scene_; }
  FigureScene& scene() { return *scene_; }
  PlotView* plot() const { return view_; }
  Legend* legend() const { return legend_; }
  /// How often the scene was laid out anew: that it is not, while hidden or unchanged, can be tested.
  int layouts() const { return layouts_; }

 signals:
  void cursorMoved(double x);
  void cursorLeft();
  void cursorPicked(double x);
  void cursorUnpicked();  ///< it was the first half of a double click
  void zoomRequested(double x_lo, double x_hi, double y_lo, double y_hi, bool on);
  void zoomReset(bool x, bool y);
  void zoomBack();
  void zoomForward();
  void maximiseRequested();
  void menuRequested(const QPoint& at);  ///< on the screen
  void runToggled(const QString& run);
  void runSingled(const QString& run);
  /// The card is carried by its title, and then let go.
  void titleDragged(const QPoint& at);
  void titleDropped(const QPoint& at, bool here);
  void startDragged(double x, double y);

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void takeOver();
  void fitLegend();
  void showState();
  void letGo(const QPoint& at, bool here);

  const AppTheme& theme_;
  Figure figure_;
  FigureScene* scene_;
  ElidedLabel* title_;
  StateLabel* state_;
  QString hint_, hint_help_;
  QHBoxLayout* under_title_;
  Legend* legend_;
  PlotView* view_;
  std::optional<QPoint> grip_;  ///< where the title was taken
  bool stale_ = false, legend_wanted_ = true, carried_ = false;
  int layouts_ = 0;
};

}  // namespace kappa::ui
