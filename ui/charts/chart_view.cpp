/// Keeps the card's labels, legend and scene in step with its figure.
#include "ui/charts/chart_view.hpp"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <utility>

#include "ui/charts/figure_equal.hpp"
#include "ui/charts/legend.hpp"
#include "ui/charts/plane_drag.hpp"
#include "ui/charts/plot_view.hpp"
#include "ui/charts/state_label.hpp"
#include "ui/forms/elided_label.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {

ChartView::ChartView(const AppTheme& theme, QWidget* parent)
    : QFrame(parent), theme_(theme), scene_(new FigureScene(true, this)) {
  setProperty("role", "card");
  title_ = new ElidedLabel;
  title_->setProperty("role", "title");
  state_ = new StateLabel;  // has what the title leaves, and room for its number at least
  state_->setProperty("role", "small");
  auto* header = new QHBoxLayout;
  header->setContentsMargins(14, 8, 14, 0);
  header->setSpacing(8);
  header->addWidget(title_);
  header->addWidget(state_, 1);
  legend_ = new Legend(theme);
  under_title_ = new QHBoxLayout;
  under_title_->setContentsMargins(14, 0, 8, 0);
  under_title_->setSpacing(4);
  under_title_->addWidget(legend_, 1);
  view_ = new PlotView(*scene_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(1, 0, 1, 4);
  column->setSpacing(0);
  column->addLayout(header);
  column->addLayout(under_title_);
  column->addWidget(view_, 1);
  setFocusProxy(view_);
  setMinimumSize(160, 120);

  connect(view_, &PlotView::hovered, this, &ChartView::cursorMoved);
  connect(view_, &PlotView::left, this, &ChartView::cursorLeft);
  connect(view_, &PlotView::back, this, &ChartView::zoomBack);
  connect(view_, &PlotView::forward, this, &ChartView::zoomForward);
  connect(legend_, &Legend::toggled, this, &ChartView::runToggled);
  connect(legend_, &Legend::singled, this, &ChartView::runSingled);
  connect(view_, &PlotView::picked, this, &ChartView::cursorPicked);
  connect(view_, &PlotView::unpicked, this, &ChartView::cursorUnpicked);
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
    legend_->setFigure(figure_, scene_->geometry().named);
    update();
  });
  scene_->setTheme(theme.id());
}

/// A plot with the focus loses it while the base is destroyed, and would call back into what is gone.
ChartView::~ChartView() {
  view_->disconnect(this);
  qDeleteAll(view_->findChildren<PlaneDrag*>(Qt::FindDirectChildrenOnly));  // it watches the plot while that goes
}

QString ChartView::wheelHelp() {
  return tr(
      "The wheel over the plot zooms, with Shift along x and with Ctrl along y, and over an axis that axis alone. "
      "Elsewhere, or with Alt, it moves the page.");
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
  showState();
  for (QWidget* named : {static_cast<QWidget*>(this), static_cast<QWidget*>(view_)}) {
    named->setAccessibleName(title);
    const QString said = sentence.isEmpty() ? QString::fromStdString(figure_.empty) : sentence;
    named->setAccessibleDescription(hint_help_.isEmpty() ? said : said + u' ' + hint_help_);
  }
  title_->setToolTip(QStringLiteral("<p>%1</p><p>%2</p>")
                         .arg((sentence.isEmpty() ? title : sentence).toHtmlEscaped(), wheelHelp().toHtmlEscaped()));
  fitLegend();
  scene_->resize(view_->viewport()->size(), devicePixelRatioF());
  scene_->setFigure(figure_);
  legend_->setFigure(figure_, scene_->geometry().named);
}

/// In a small card the plot needs the room more than the legend does; the row itself stays, for its buttons.
void ChartView::fitLegend() {
  QSizePolicy policy = legend_->sizePolicy();
  policy.setRetainSizeWhenHidden(true);
  legend_->setSizePolicy(policy);
  legend_->setVisible(legend_wanted_ && height() >= 150);
  legend_->setMostRows(height() >= 260 ? 2 : 1);
}

void ChartView::setCursorLine(std::optional<double> x) { scene_->overlay().setCursor(x); }
void ChartView::setStartDraggable(bool on) { view_->setStartDraggable(on); }

void ChartView::setLegendVisible(bool on) {
  legend_wanted_ = on;
  fitLegend();
}

void ChartView::setHint(const QString& hint, const QString& help) {
  hint_ = hint;
  hint_help_ = help;
  state_->setToolTip(help);
  showState();
}

void ChartView::showState() { state_->setState(QString::fromStdString(figure_.state), hint_); }

void ChartView::addToHeader(QWidget* widget) { under_title_->addWidget(widget, 0, Qt::AlignTop); }
void ChartView::setLinkedCursor(std::optional<double> x) { scene_->overlay().setLinked(x); }

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

void ChartView::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && event->position().y() < view_->y()) grip_ = event->position().toPoint();
}

void ChartView::mouseMoveEvent(QMouseEvent* event) {
  if (!grip_) return;
  const QPoint at = event->position().toPoint();
  if (!carried_ && (at - *grip_).manhattanLength() < QApplication::startDragDistance()) return;
  if (!carried_) setCursor(Qt::ClosedHandCursor), grabKeyboard();
  carried_ = true;
  emit titleDragged(event->globalPosition().toPoint());
}

void ChartView::mouseReleaseEvent(QMouseEvent* event) { letGo(event->globalPosition().toPoint(), true); }

void ChartView::letGo(const QPoint& at, bool here) {
  grip_.reset();
  if (!std::exchange(carried_, false)) return;
  releaseKeyboard();
  unsetCursor();
  emit titleDropped(at, here);
}

void ChartView::keyPressEvent(QKeyEvent* event) {
  if (carried_ && event->key() == Qt::Key_Escape) return letGo(QCursor::pos(), false);
  event->ignore();
}

void ChartView::contextMenuEvent(QContextMenuEvent* event) { emit menuRequested(event->globalPos()); }

void ChartView::mouseDoubleClickEvent(QMouseEvent* event) {
  grip_.reset();
  if (event->button() == Qt::LeftButton) emit maximiseRequested();
}

}  // namespace kappa::ui
