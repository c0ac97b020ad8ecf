/// Builds the figure of its card at most once a refresh, and only while it can be seen.
#include "ui/window/chart_card.hpp"

#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/charts/chart_view.hpp"
#include "ui/session.hpp"
#include "ui/window/plane_start.hpp"

namespace kappa::ui {
namespace {

/// Whether two ends are the same place of an axis, but for the rounding of pixels.
bool sameEnds(const Axis& axis, const Interval& range) {
  const auto units = [&](double v) { return axis.scale == Scale::log ? std::log10(v) : v; };
  const double span = std::abs(units(axis.hi) - units(axis.lo));
  return std::abs(units(axis.lo) - units(range.lo)) < 1e-6 * span &&
         std::abs(units(axis.hi) - units(range.hi)) < 1e-6 * span;
}

}  // namespace

ChartCard::ChartCard(Session& session, const AppTheme& theme, FigureSpec spec, QWidget* parent)
    : QWidget(parent),
      session_(session),
      spec_(std::move(spec)),
      view_(new ChartView(theme, this)),
      menu_(new QMenu(this)) {
  look_.id = QString::fromStdString(spec_.id);
  view_->setAccessibleName(QString::fromStdString(spec_.title));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(view_);
  makeHeader();
  setFocusProxy(view_);
  if (spec_.form == FigureForm::plane) new PlaneStart(session_, *view_);
  connect(&session_, &Session::runnerReplaced, this, [this] { stale_ = true; });
  connectView();
}

void ChartCard::makeHeader() {
  auto* more = new QToolButton;
  more->setText(QStringLiteral("⋯"));
  more->setAccessibleName(tr("What can be done to the chart %1").arg(QString::fromStdString(spec_.title)));
  more->setToolTip(tr("Scales, zoom, place and export"));
  more->setPopupMode(QToolButton::InstantPopup);
  more->setMenu(menu_);
  more->setFixedSize(26, 20);
  more->setStyleSheet(QStringLiteral("QToolButton { padding: 0; } QToolButton::menu-indicator { image: none; }"));
  view_->addToHeader(more);
  connect(menu_, &QMenu::aboutToShow, this, &ChartCard::menuAsked);
  connect(view_, &ChartView::menuRequested, this, [this](const QPoint& at) { menu_->popup(at); });
}

void ChartCard::connectView() {
  connect(view_, &ChartView::maximiseRequested, this, &ChartCard::maximiseRequested);
  connect(view_, &ChartView::zoomReset, this,
          [this](bool x, bool y) { zoomTo({.x = x ? std::nullopt : zoom().x, .y = y ? std::nullopt : zoom().y}); });
  connect(view_, &ChartView::zoomRequested, this, [this](double x0, double x1, double y0, double y1, bool on) {
    zoomTo(tidied({x0, x1}, {y0, y1}), on);
  });
  connect(view_, &ChartView::zoomBack, this, &ChartCard::zoomBack);
  connect(view_, &ChartView::zoomForward, this, &ChartCard::zoomForward);
  connect(view_, &ChartView::runToggled, this, &ChartCard::toggleRun);
  connect(view_, &ChartView::runSingled, this, &ChartCard::showRunOnly);
  connect(view_, &ChartView::cursorMoved, this, &ChartCard::pointedAt);
  connect(view_, &ChartView::cursorLeft, this, &ChartCard::pointedAway);
  connect(view_, &ChartView::titleDragged, this, &ChartCard::carried);
  connect(view_, &ChartView::titleDropped, this, &ChartCard::dropped);
  connect(view_, &ChartView::cursorPicked, this, [this](double x) {
    before_pick_.reset();
    if (const auto step = stepAt(x)) {
      before_pick_ = session_.atStep();
      session_.setAtStep(step);
    }
  });
  connect(view_, &ChartView::cursorUnpicked, this, [this] {
    if (const auto before = std::exchange(before_pick_, std::nullopt)) session_.setAtStep(*before);
  });
}

void ChartCard::setLook(const ChartLook& look) {
  if (look == look_) return;
  if (look.y != look_.y || look.x != look_.x || look.form != look_.form) zoom_ = {};  // another axis, another way back
  look_ = look;
  stale_ = true;
}

/// A click on a chart over steps, or what they cost, looks at the recorded step that is nearest.
std::optional<std::uint64_t> ChartCard::stepAt(double x) const {
  if (!session_.countsSteps() || !(x >= 0)) return std::nullopt;
  if (spec_.form == FigureForm::series) return step_nearest(spec_, session_.trace(), x, session_.figureOptions());
  if (spec_.form != FigureForm::spectrum_over_time) return std::nullopt;
  return static_cast<std::uint64_t>(x + 0.5);
}

QString ChartCard::axisName() const {
  const bool over_time = spec_.form == FigureForm::series || spec_.form == FigureForm::spectrum_over_time;
  return over_time ? QString::fromStdString(view_->figure().x.label) : QString();
}

FigureOptions ChartCard::options(unsigned pixel_columns) const {
  FigureOptions options = session_.figureOptions();
  options.pixel_columns = pixel_columns;
  options.x_range = zoom().x;
  options.y_range = zoom().y;
  options.cursor = options.at_step.has_value() && session_.countsSteps();
  applyLook(options, look_);
  return options;
}

Figure ChartCard::figure(unsigned pixel_columns) const {
  return build_figure(withLook(spec_, look_), session_.trace(), options(pixel_columns));
}

void ChartCard::refresh(bool view_changed) {
  stale_ = stale_ || view_changed;
  const std::uint64_t version = session_.trace().version();
  // Hidden, or scrolled out of sight: drawn when it comes into sight, or once when there is time, so that its sentence
  // is right for those who do not look.
  if (visibleRegion().isEmpty() && (!isVisible() || version == version_ || session_.state() == RunState::running))
    return;
  if (window()->isMinimized() && session_.state() == RunState::running) return;
  const unsigned columns = view_->pixelColumns();
  if (!stale_ && version == version_ && columns == columns_) return;
  stale_ = false;
  version_ = version;
  columns_ = columns;
  FigureOptions wanted = options(columns);
  wanted.list_hidden = true;
  wanted.before = &view_->figure();
  Figure figure = build_figure(withLook(spec_, look_), session_.trace(), wanted);
  // The line moves over the plot; the plot itself is not drawn again for it.
  const std::optional<double> cursor = std::exchange(figure.cursor, std::nullopt);
  if (!zoom().x) whole_ = {figure.x.lo, figure.x.hi};
  view_->show(figure);
  view_->setCursorLine(cursor);
}

void ChartCard::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh(true);
}

/// An axis that was not moved stays as it comes; along x there is nothing to see beyond what there is.
Zoom ChartCard::tidied(const Interval& x, const Interval& y) const {
  const Figure& shown = view_->figure();
  Zoom next{.x = x, .y = y};
  if (!zoom().y && sameEnds(shown.y, y)) next.y.reset();
  if (!zoom().x && sameEnds(shown.x, x)) next.x.reset();
  if (!next.x || shown.equal_aspect || !(whole_.lo < whole_.hi)) return next;
  if (x.hi - x.lo >= (whole_.hi - whole_.lo) * (1 - 1e-9)) {
    next.x.reset();
  } else if (shown.x.scale == Scale::linear) {
    const double shift = std::max(0.0, whole_.lo - x.lo) - std::max(0.0, x.hi - whole_.hi);
    next.x = Interval{x.lo + shift, x.hi + shift};
  } else {
    next.x = Interval{std::max(x.lo, whole_.lo), std::min(x.hi, whole_.hi)};
    if (!(next.x->lo < next.x->hi)) next.x = zoom().x;
  }
  return next;
}

void ChartCard::zoomTo(const Zoom& zoom, bool on) {
  zoom_.go(zoom, on);
  refresh(true);
}

void ChartCard::zoomBack() {
  if (zoom_.back()) refresh(true);
}

void ChartCard::zoomForward() {
  if (zoom_.forward()) refresh(true);
}

void ChartCard::toggleRun(const QString& label) {
  const std::string run = label.toStdString();
  session_.setHidden(run, !session_.isHidden(run));
}

void ChartCard::showRunOnly(const QString& label) { session_.showOnly(label.toStdString()); }

}  // namespace kappa::ui
