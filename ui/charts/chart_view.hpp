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

class ChartView : public QFrame {
  Q_OBJECT

 public:
  explicit ChartView(const AppTheme& theme, QWidget* parent = nullptr);

  using QFrame::show;
  /// Shows a figure. Nothing is done for one that is shown already, and little while the card is hidden.
  void show(const Figure& figure);
  const Figure& figure() const { return figure_; }

  /// The cursor line shared by all charts; moves without the plot being drawn again.
  void setCursorLine(std::optional<double> x);
  void setStartDraggable(bool on);
  void setLegendVisible(bool on);
  /// A small button or label at the right end of the title row, after the state.
  void addToHeader(QWidget* widget);

  /// Columns of pixels the plot has, for the decimation of what is shown.
  unsigned pixelColumns() const;
  const FigureScene& scene() const { return *scene_; }
  /// How often the scene was laid out anew: that it is not, while hidden or unchanged, can be tested.
  int layouts() const { return layouts_; }

 signals:
  void cursorMoved(double x);
  void cursorPicked(double x);
  void zoomRequested(double x_lo, double x_hi, double y_lo, double y_hi);
  void zoomReset();
  void maximiseRequested();
  void startDragged(double x, double y);

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
  void takeOver();
  void fitLegend();

  const AppTheme& theme_;
  Figure figure_;
  FigureScene* scene_;
  ElidedLabel *title_, *state_;
  QHBoxLayout* header_;
  Legend* legend_;
  PlotView* view_;
  bool stale_ = false, legend_wanted_ = true;
  int layouts_ = 0;
};

}  // namespace kappa::ui
