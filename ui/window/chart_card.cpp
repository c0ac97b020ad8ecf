/// Builds the figure of its card at most once a refresh, and only while it can be seen.
#include "ui/window/chart_card.hpp"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/charts/chart_view.hpp"
#include "ui/session.hpp"

namespace kappa::ui {

ChartCard::ChartCard(Session& session, const AppTheme& theme, FigureSpec spec, QWidget* parent)
    : QWidget(parent),
      session_(session),
      spec_(std::move(spec)),
      view_(new ChartView(theme, this)),
      menu_(new QMenu(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(view_);
  auto* more = new QToolButton;
  more->setText(QStringLiteral("⋯"));
  more->setAccessibleName(tr("What can be done to the chart %1").arg(QString::fromStdString(spec_.title)));
  more->setToolTip(tr("Scales, zoom and export"));
  more->setPopupMode(QToolButton::InstantPopup);
  more->setMenu(menu_);
  more->setFixedSize(26, 20);
  more->setStyleSheet(QStringLiteral("QToolButton { padding: 0; }"));
  view_->addToHeader(more);
  setFocusProxy(view_);
  connect(menu_, &QMenu::aboutToShow, this, &ChartCard::fillMenu);
  connect(view_, &ChartView::maximiseRequested, this, &ChartCard::maximiseRequested);
  connect(view_, &ChartView::zoomReset, this, [this] { zoom({}, {}); });
  connect(view_, &ChartView::zoomRequested, this, [this](double x0, double x1, double y0, double y1) {
    zoom(Interval{x0, x1}, Interval{y0, y1});
  });
  connect(view_, &ChartView::cursorPicked, this, [this](double x) {
    if (followsCursor() && x >= 0) session_.setAtStep(static_cast<std::uint64_t>(x + 0.5));
  });
}

/// Charts over steps share the cursor line; those over anything else do not.
bool ChartCard::followsCursor() const {
  const bool over_steps = spec_.form == FigureForm::series || spec_.form == FigureForm::spectrum_over_time;
  return over_steps && count_by_ == CountBy::steps && session_.countsSteps();
}

FigureOptions ChartCard::options(unsigned pixel_columns) const {
  FigureOptions options = session_.figureOptions();
  options.pixel_columns = pixel_columns;
  options.count_by = count_by_;
  options.x_range = x_;
  options.y_range = y_;
  return options;
}

Figure ChartCard::figure(unsigned pixel_columns) const {
  FigureOptions wanted = options(pixel_columns);
  wanted.cursor = wanted.at_step.has_value() && followsCursor();
  return build_figure(spec_, session_.trace(), wanted);
}

void ChartCard::refresh(bool view_changed) {
  stale_ = stale_ || view_changed;
  if (visibleRegion().isEmpty()) return;  // hidden, or scrolled out of sight
  const std::uint64_t version = session_.trace().version();
  const unsigned columns = view_->pixelColumns();
  if (!stale_ && version == version_ && columns == columns_) return;
  stale_ = false;
  version_ = version;
  columns_ = columns;
  view_->show(build_figure(spec_, session_.trace(), options(columns)));
  const auto step = session_.atStep();
  view_->setCursorLine(step && followsCursor() ? std::optional(static_cast<double>(*step)) : std::nullopt);
}

void ChartCard::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh(true);
}

void ChartCard::zoom(std::optional<Interval> x, std::optional<Interval> y) {
  x_ = x;
  y_ = y;
  refresh(true);
}

void ChartCard::fillMenu() {
  menu_->clear();
  menu_->addAction(tr("Maximise or restore"), this, &ChartCard::maximiseRequested);
  menu_->addAction(tr("Show everything"), this, [this] { zoom({}, {}); })->setEnabled(x_ || y_);
  if (spec_.form != FigureForm::plane && spec_.form != FigureForm::heat) {
    QAction* log = menu_->addAction(tr("Logarithmic values"));
    log->setCheckable(true);
    log->setChecked(spec_.y_scale == Scale::log);
    connect(log, &QAction::toggled, this, [this](bool on) {
      spec_.y_scale = on ? Scale::log : Scale::linear;
      zoom(x_, {});
    });
  }
  if (spec_.form == FigureForm::series && session_.countsSteps()) {
    QMenu* against = menu_->addMenu(tr("Against"));
    const std::pair<CountBy, QString> units[] = {{CountBy::steps, tr("steps")},
                                                 {CountBy::gradients, tr("gradients")},
                                                 {CountBy::losses, tr("losses")},
                                                 {CountBy::samples, tr("samples")}};
    auto* group = new QActionGroup(against);
    for (const auto& [unit, name] : units) {
      QAction* one = against->addAction(name, this, [this, by = unit] {
        count_by_ = by;
        zoom({}, y_);
      });
      one->setCheckable(true);
      one->setChecked(unit == count_by_);
      group->addAction(one);
    }
  }
  menu_->addSeparator();
  menu_->addAction(tr("Export this chart…"), this, &ChartCard::exportRequested);
}

}  // namespace kappa::ui
