/// Lays out the panel and keeps its text, its numbers and its buttons with the player.
#include "ui/lessons/lesson_panel.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/lessons/lesson_player.hpp"
#include "ui/lessons/question_box.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"

namespace kappa::ui {
namespace {

constexpr int usual_panel = 320, usual_type = 13;

QPushButton* buttonOf(QAction* action, const QString& text, const char* role) {
  auto* button = new QPushButton(text);
  if (role) button->setProperty("role", role);
  button->setToolTip(action->toolTip());
  button->setStatusTip(action->statusTip());
  QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
  QObject::connect(action, &QAction::changed, button, [button, action] { button->setEnabled(action->isEnabled()); });
  button->setEnabled(action->isEnabled());
  return button;
}

}  // namespace

LessonPanel::LessonPanel(LessonPlayer& player, Actions& actions, const AppTheme& theme, QWidget* parent)
    : QFrame(parent),
      player_(player),
      theme_(theme),
      title_(new QLabel),
      count_(new QLabel),
      text_(new QLabel),
      strayed_(new QLabel(tr("The settings are no longer those of this step."))),
      progress_(new QProgressBar),
      scroll_(new QScrollArea),
      question_(new QuestionBox(player, theme)),
      back_(buttonOf(actions.lessonBack, tr("Back"), nullptr)),
      next_(buttonOf(actions.lessonNext, tr("Next"), "primary")),
      restore_(new QPushButton(tr("Set them again"))),
      leave_(new QToolButton) {
  setProperty("role", "panel");
  setAccessibleName(tr("Lesson"));
  setFocusPolicy(Qt::ClickFocus);  // its parts are what Tab goes to
  title_->setProperty("role", "title");
  title_->setWordWrap(true);
  count_->setProperty("role", "small");
  leave_->setText(QStringLiteral("✕"));
  leave_->setAccessibleName(actions.lessonLeave->text());
  leave_->setToolTip(actions.lessonLeave->toolTip());
  leave_->setFocusPolicy(Qt::TabFocus);
  connect(leave_, &QToolButton::clicked, actions.lessonLeave, &QAction::trigger);
  progress_->setTextVisible(false);
  progress_->setFixedHeight(4);
  progress_->setAccessibleName(tr("Progress in the lesson"));
  auto* top = new QHBoxLayout;
  top->setSpacing(4);
  top->addWidget(title_, 1);
  top->addWidget(leave_, 0, Qt::AlignTop);
  auto* head = new QVBoxLayout;
  head->setContentsMargins(16, 12, 10, 8);
  head->setSpacing(6);
  head->addLayout(top);
  head->addWidget(count_);
  auto* line = new QHBoxLayout;
  line->setContentsMargins(0, 0, 6, 0);
  line->addWidget(progress_);
  head->addLayout(line);

  text_->setWordWrap(true);
  text_->setTextFormat(Qt::RichText);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  text_->setAlignment(Qt::AlignTop);
  text_->setAccessibleName(tr("What this step is about"));
  strayed_->setProperty("role", "small");
  strayed_->setWordWrap(true);
  restore_->setProperty("role", "link");
  connect(restore_, &QPushButton::clicked, &player, &LessonPlayer::restore);
  auto* inside = new QWidget;
  inside->setProperty("role", "panel");
  inside->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(inside);
  column->setContentsMargins(16, 8, 16, 16);
  column->setSpacing(14);
  column->addWidget(text_);
  column->addWidget(question_);
  auto* strays = new QVBoxLayout;
  strays->setSpacing(2);
  strays->addWidget(strayed_);
  strays->addWidget(restore_, 0, Qt::AlignLeft);
  column->addLayout(strays);
  column->addStretch(1);
  scroll_->setWidget(inside);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setProperty("role", "panel");
  scroll_->installEventFilter(this);
  auto* feet = new QHBoxLayout;
  feet->setContentsMargins(16, 10, 16, 12);
  feet->setSpacing(8);
  feet->addWidget(back_);
  feet->addStretch(1);
  feet->addWidget(next_);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(1, 0, 0, 0);  // a line of its own while presenting
  all->setSpacing(0);
  all->addLayout(head);
  all->addWidget(scroll_, 1);
  all->addLayout(feet);
  connect(&player, &LessonPlayer::stepChanged, this, &LessonPanel::showStep);
  connect(&player, &LessonPlayer::straysChanged, this, &LessonPanel::showStep);
  connect(&player, &LessonPlayer::openChanged, this, &LessonPanel::showStep);
  connect(&player, &LessonPlayer::numbersChanged, this, &LessonPanel::showNumbers);
  setFixedWidth(usual_panel);
  showStep();
}

int LessonPanel::widthIn(int window) const {
  const int wanted = usual_panel * typeOf(theme_.id()).body / usual_type;
  return std::max(usual_panel, std::min(wanted, 2 * window / 5));
}

void LessonPanel::showStep() {
  if (!player_.isOpen()) {
    shown_step_ = ~std::size_t{0};
    return;
  }
  const auto steps = static_cast<int>(player_.lesson().steps.size()), at = static_cast<int>(player_.step());
  title_->setText(QString::fromStdString(player_.lesson().title));
  count_->setText(tr("Step %1 of %2").arg(at + 1).arg(steps));
  progress_->setRange(0, steps);
  progress_->setValue(at + 1);
  next_->setText(player_.isLast() ? tr("Finish") : tr("Next"));
  strayed_->setVisible(player_.strays());
  restore_->setVisible(player_.strays());
  showNumbers();
  if (shown_step_ != player_.step()) scroll_->verticalScrollBar()->setValue(0);
  if (player_.knowsTruth()) scroll_->ensureWidgetVisible(question_, 0, 8);
  shown_step_ = player_.step();
}

void LessonPanel::showNumbers() {
  if (!player_.isOpen()) return;
  const QString text = player_.rich(player_.now().text);
  if (text != text_->text()) text_->setText(text);
}

bool LessonPanel::turn(int key) {
  if (key == Qt::Key_PageDown)
    player_.isLast() ? void() : player_.next();
  else if (key == Qt::Key_PageUp)
    player_.back();
  else
    return false;
  return true;
}

void LessonPanel::keyPressEvent(QKeyEvent* event) {
  if (!turn(event->key())) QFrame::keyPressEvent(event);
}

/// While presenting there is no line between the panels but its own.
void LessonPanel::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  if (!theme_.presenting()) return;
  QPainter painter(this);
  painter.fillRect(0, 0, 1, height(), toColour(theme_.tokens().line));
}

/// A page of the lesson, not of the scroll area.
bool LessonPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && turn(static_cast<QKeyEvent*>(event)->key())) return true;
  return QFrame::eventFilter(watched, event);
}

}  // namespace kappa::ui
