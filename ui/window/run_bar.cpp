/// Shows where the runs stand at most ten times a second, in fields whose width never changes.
#include "ui/window/run_bar.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/forms/elided_label.hpp"
#include "ui/forms/value_slider.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/play_button.hpp"
#include "ui/window/replay_button.hpp"
#include "ui/window/scrubber.hpp"

namespace kappa::ui {
namespace {

constexpr int bar_height = 60, large_bar_height = 80, between_numbers = 100, scrubber_room = 160;
constexpr double unlimited = 1e6;  // the slider's right end stands for no limit

QToolButton* buttonFor(QAction* action) {
  auto* button = new QToolButton;
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

QPushButton* linkFor(QAction* action) {
  auto* button = new QPushButton(action->text());
  button->setProperty("role", "link");
  button->setCursor(Qt::PointingHandCursor);
  const auto follow = [button, action] {
    button->setText(action->text());
    button->setEnabled(action->isEnabled());
    button->setToolTip(action->toolTip());
    button->setStatusTip(action->statusTip());
  };
  QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
  QObject::connect(action, &QAction::changed, button, follow);
  follow();
  return button;
}

/// A label for changing digits, as wide as the longest text it will have.
QLabel* figures(const QString& longest, Qt::Alignment alignment) {
  auto* label = new ElidedLabel;
  label->setProperty("role", "small");
  label->setProperty("longest", longest);
  label->setAlignment(alignment | Qt::AlignVCenter);
  return label;
}

QString inSeconds(double seconds) {
  if (seconds < 1) return RunBar::tr("< 1 s left");
  if (seconds < 90) return RunBar::tr("%1 s left").arg(std::lround(seconds));
  if (seconds < 5400) return RunBar::tr("%1 min left").arg(std::lround(seconds / 60));
  return RunBar::tr("%1 h left").arg(seconds / 3600, 0, 'f', 1);
}

}  // namespace

RunBar::RunBar(Session& session, Actions& actions, const AppTheme& theme, QWidget* parent)
    : QFrame(parent),
      session_(session),
      theme_(theme),
      scrubber_(new Scrubber(theme)),
      total_(figures(QStringLiteral("000 000"), Qt::AlignLeft)),
      progress_(figures(tr("000 000 of 000 000"), Qt::AlignLeft)),
      pace_(figures(tr("00 000/s, 00 min left"), Qt::AlignLeft)),
      speed_name_(figures(tr("Speed"), Qt::AlignRight)),
      speed_text_(figures(tr("unlimited"), Qt::AlignLeft)),
      speed_(new ValueSlider({.lo = 1, .hi = unlimited, .log = true})),
      fork_(linkFor(actions.fork)),
      freeze_(buttonFor(actions.freeze)) {
  setProperty("role", "bar");
  setFixedHeight(bar_height);
  setMinimumWidth(240);
  setAccessibleName(tr("Run"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 0, 16, 0);
  row->setSpacing(4);
  row->addWidget(new PlayButton(session, actions.run, theme));
  row->addSpacing(4);
  for (QAction* action : {actions.step, actions.stop, actions.restart}) row->addWidget(buttonFor(action));
  row->addSpacing(4);
  row->addWidget(new ReplayButton(actions.playBack, theme));
  row->addWidget(scrubber_, 1);
  row->addWidget(total_);
  row->addWidget(fork_);
  row->addWidget(freeze_);
  auto* numbers = new QVBoxLayout;
  numbers->setSpacing(1);
  numbers->addStretch(1);
  numbers->addWidget(progress_);
  numbers->addWidget(pace_);
  numbers->addStretch(1);
  row->addSpacing(8);
  row->addLayout(numbers);
  row->addWidget(speed_name_);
  speed_->setFixedWidth(84);
  speed_->setAccessibleName(tr("Speed"));
  speed_->setFocusPolicy(Qt::TabFocus);  // dragged by the mouse, it leaves the arrows to the run
  speed_->setToolTip(tr("Steps a second of every run; at the right end there is no limit"));
  row->addSpacing(4);
  row->addWidget(speed_);
  row->addWidget(speed_text_);
  speed_name_->setText(tr("Speed"));
  speed_->setNumber(session.speed() > 0 ? session.speed() : unlimited);
  takeSpeed(speed_->number());
  connect(speed_, &ValueSlider::numberChanged, this, &RunBar::takeSpeed);
  connect(scrubber_, &Scrubber::scrubbed, &session, &Session::setAtStep);
  connect(&session, &Session::viewChanged, this, &RunBar::showNumbers);
  connect(&session, &Session::runnerReplaced, this, &RunBar::showNumbers);
  connect(&session, &Session::refreshed, this, [this] {
    showSteps();
    if (since_numbers_.elapsed() >= between_numbers || session_.state() != RunState::running) showNumbers();
  });
  connect(&theme, &AppTheme::changed, this, [this] {
    fitLabels();
    update();
  });
  fitLabels();
  since_numbers_.start();
  showNumbers();
}

void RunBar::takeSpeed(double number) {
  const bool free = number >= 0.99 * unlimited;
  speed_text_->setText(
      free ? tr("unlimited")
           : QString::fromStdString(format_value(number < 10 ? std::round(10 * number) / 10 : std::round(number))) +
                 tr("/s"));
  session_.setSpeed(free ? 0 : number);
}

void RunBar::fitLabels() {
  setFixedHeight(theme_.presenting() ? large_bar_height : bar_height);
  for (QLabel* label : {total_, progress_, pace_, speed_name_, speed_text_}) {
    label->setFont(uiFont(typeOf(theme_.id()).head));
    label->setFixedWidth(QFontMetrics(label->font()).horizontalAdvance(label->property("longest").toString()) + 4);
  }
  makeRoom();
}

void RunBar::showSteps() {
  if (session_.countsSteps())
    scrubber_->setSteps(session_.lastStep(), session_.totalSteps());
  else
    scrubber_->setProgress(session_.state() == RunState::finished ? 1 : session_.status().progress);
}

QString RunBar::progress() const {
  if (session_.countsSteps())
    return tr("%1 of %2")
        .arg(QString::fromStdString(format_count(session_.lastStep())),
             QString::fromStdString(format_count(session_.totalSteps())));
  return tr("%1 %").arg(std::lround(100 * session_.status().progress));
}

QString RunBar::pace() const {
  const RunnerStatus& status = session_.status();
  switch (session_.state()) {
    case RunState::ready:
      return tr("ready");
    case RunState::paused:
      return tr("paused");
    case RunState::closing:
      return tr("judging claims");
    case RunState::finished:
      if (status.seconds == 0) return tr("finished");  // step by step: nobody waited
      return tr("finished in %1 s").arg(status.seconds, 0, 'f', status.seconds < 10 ? 2 : 0);
    case RunState::running:
      break;
  }
  QStringList parts;
  if (session_.frozenAt()) parts << tr("view frozen");
  if (session_.countsSteps() && status.steps_per_second > 0)
    parts << tr("%1/s").arg(QString::fromStdString(format_count(static_cast<std::uint64_t>(status.steps_per_second))));
  if (status.seconds_left) parts << inSeconds(*status.seconds_left);
  return parts.isEmpty() ? tr("running") : parts.join(QStringLiteral(", "));
}

void RunBar::showNumbers() {
  since_numbers_.restart();
  showSteps();
  scrubber_->setAt(session_.atStep() ? session_.atStep() : session_.frozenAt());
  total_->setText(session_.countsSteps() ? QString::fromStdString(format_count(session_.totalSteps())) : QString());
  progress_->setText(progress());
  pace_->setText(pace());
  pace_->setToolTip(pace_->text());
}

/// A line above the bar, as below the top bar.
void RunBar::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  QPainter painter(this);
  painter.fillRect(0, 0, width(), 1, toColour(theme_.tokens().line));
}

void RunBar::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  makeRoom();
}

/// Buttons whose words change, and a style that arrives late, ask for another share of the room. Hiding and showing
/// asks, too, and changes nothing: then there is nothing to be done.
bool RunBar::event(QEvent* event) {
  if (event->type() == QEvent::LayoutRequest) {
    QList<int> widths;
    for (const QObject* child : children())
      if (const auto* one = qobject_cast<const QWidget*>(child))
        widths << std::max(one->minimumWidth(), one->minimumSizeHint().width());
    if (std::exchange(widths_, widths) != widths_) makeRoom();
  }
  return QFrame::event(event);
}

/// What can be told from the rest goes first.
void RunBar::makeRoom() {
  const bool large = theme_.presenting();  // then the scrubber is what matters
  const QList<QWidget*> spare =
      large ? QList<QWidget*>{pace_, fork_, freeze_, total_, speed_text_, progress_, speed_name_}
            : QList<QWidget*>{total_, freeze_, speed_text_, pace_, progress_, speed_name_};
  fork_->show();
  for (QWidget* one : spare) one->show();
  for (QWidget* one : spare) {
    for (int i = 0; i < layout()->count(); ++i) layout()->itemAt(i)->invalidate();  // an inner layout would not know
    layout()->invalidate();
    if (layout()->minimumSize().width() + scrubber_room <= width()) break;
    one->hide();
  }
}

}  // namespace kappa::ui
