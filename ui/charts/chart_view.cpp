/// Keeps the card's labels, legend and scene in step with its figure.
#include "ui/charts/chart_view.hpp"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QVBoxLayout>

#include "ui/charts/figure_equal.hpp"
#include "ui/charts/legend.hpp"
#include "ui/charts/plot_view.hpp"
#include "ui/forms/elided_label.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {

ChartView::ChartView(const AppTheme& theme, QWidget* parent)
    : QFrame(parent), theme_(theme), scene_(new FigureScene(true, this)) {
  setProperty("role", "card");
  title_ = new ElidedLabel;
  title_->setProperty("role", "title");
  state_ = new ElidedLabel;  // has what the title leaves
  state_->setProperty("role", "small");
  state_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  state_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  header_ = new QHBoxLayout;
  header_->setContentsMargins(14, 8, 14, 0);
  header_->setSpacing(8);
  header_->addWidget(title_);
  header_->addWidget(state_, 1);
  legend_ = new Legend(theme);
  legend_->setAttribute(Qt::WA_TransparentForMouseEvents, false);
  auto* under_title = new QHBoxLayout;
  under_title->setContentsMargins(14, 0, 14, 0);
  under_title->addWidget(legend_);
  view_ = new PlotView(*scene_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(1, 0, 1, 4);
  column->setSpacing(2);
  column->addLayout(header_);
  column->addLayout(under_title);
  column->addWidget(view_, 1);
  setFocusProxy(view_);
  setMinimumSize(160, 120);

  connect(view_, &PlotView::hovered, this, &ChartView::cursorMoved);
  connect(view_, &PlotView::picked, this, &ChartView::cursorPicked);
  connect(view_, &PlotView::zoomed, this, &ChartView::zoomRequested);
  connect(view_, &PlotView::reset, this, &ChartView::zoomReset);
  connect(view_, &PlotView::activated, this, &ChartView::maximiseRequested);
  connect(view_, &PlotView::startDragged, this, &ChartView::startDragged);
  connect(view_, &PlotView::resized, this, [this] {
    stale_ = true;
    if (isVisible()) takeOver();
  });
  connect(&theme, &AppTheme::changed, this, [this] {
    scene_->setTheme(theme_.id());
    update();
  });
  scene_->setTheme(theme.id());
}

void ChartView::show(const Figure& figure) {
  if (sameFigure(figure, figure_)) return;
  figure_ = figure;
  stale_ = true;
  if (isVisible()) takeOver();
}

void ChartView::takeOver() {
  if (!stale_) return;
  stale_ = false;
  ++layouts_;
  const QString title = QString::fromStdString(figure_.title), sentence = QString::fromStdString(figure_.sentence);
  title_->setText(title);
  state_->setText(QString::fromStdString(figure_.state));
  for (QWidget* named : {static_cast<QWidget*>(this), static_cast<QWidget*>(view_)}) {
    named->setAccessibleName(title);
    named->setAccessibleDescription(sentence.isEmpty() ? QString::fromStdString(figure_.empty) : sentence);
  }
  title_->setToolTip(sentence);
  legend_->setFigure(figure_);
  fitLegend();
  scene_->resize(view_->viewport()->size(), devicePixelRatioF());
  scene_->setFigure(figure_);
}

/// In a small card the plot needs the room more than the legend does.
void ChartView::fitLegend() {
  const int rows = !legend_wanted_ || height() < 170 ? 0 : height() < 260 ? 1 : height() < 480 ? 2 : 3;
  legend_->setRows(rows);
  legend_->setVisible(rows > 0 && (!figure_.legend.empty() || !figure_.heats.empty()));
}

void ChartView::setCursorLine(std::optional<double> x) { scene_->overlay().setCursor(x); }
void ChartView::setStartDraggable(bool on) { view_->setStartDraggable(on); }

void ChartView::setLegendVisible(bool on) {
  legend_wanted_ = on;
  fitLegend();
}

void ChartView::addToHeader(QWidget* widget) { header_->addWidget(widget); }

unsigned ChartView::pixelColumns() const {
  const double width = scene_->geometry().map.area.width();
  return static_cast<unsigned>(std::max(64.0, (width > 0 ? width : this->width()) * devicePixelRatioF()));
}

void ChartView::showEvent(QShowEvent* event) {
  QFrame::showEvent(event);
  takeOver();
}

void ChartView::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  fitLegend();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) emit maximiseRequested();
}

}  // namespace kappa::ui
