/// Keeps what was predicted in sight, so that the run's answer stands beside it.
#include "ui/lessons/question_box.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/forms/group_head.hpp"
#include "ui/forms/number_text.hpp"
#include "ui/lessons/choice_button.hpp"
#include "ui/lessons/lesson_player.hpp"

namespace kappa::ui {
namespace {

QLabel* wrapped(Qt::TextFormat format) {
  auto* label = new QLabel;
  label->setWordWrap(true);
  label->setTextFormat(format);
  return label;
}

}  // namespace

QuestionBox::QuestionBox(LessonPlayer& player, const AppTheme& theme, QWidget* parent)
    : QFrame(parent),
      player_(player),
      theme_(theme),
      question_(wrapped(Qt::RichText)),
      unit_(new QLabel),
      told_(wrapped(Qt::RichText)),
      number_(new QLineEdit),
      predict_(new QPushButton(tr("Predict"))),
      pass_(new QPushButton(tr("Skip"))),
      number_row_(new QWidget),
      buttons_(new QWidget) {
  setProperty("role", "chip");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 8, 12, 12);
  column->setSpacing(8);
  auto* head = new GroupHead(tr("What do you expect?"));
  question_->setProperty("role", "title");
  predict_->setProperty("role", "primary");
  pass_->setProperty("role", "link");
  pass_->setToolTip(tr("Go on without a prediction"));
  number_->setPlaceholderText(tr("a number"));
  unit_->setProperty("role", "muted");
  told_->setAccessibleName(tr("What the run has shown"));
  auto* number_row = new QHBoxLayout(number_row_);
  number_row->setContentsMargins(0, 0, 0, 0);
  number_row->setSpacing(8);
  number_row->addWidget(number_, 1);
  number_row->addWidget(unit_);
  auto* buttons = new QHBoxLayout(buttons_);
  buttons->setContentsMargins(0, 0, 0, 0);
  buttons->setSpacing(8);
  buttons->addWidget(predict_);
  buttons->addWidget(pass_);
  buttons->addStretch(1);
  column->addWidget(head);
  column->addWidget(question_);
  column->addWidget(number_row_);
  column->addWidget(buttons_);
  column->addWidget(told_);
  connect(predict_, &QPushButton::clicked, this, &QuestionBox::take);
  connect(pass_, &QPushButton::clicked, this, [this] { player_.predict({.number = {}, .passed = true}); });
  connect(number_, &QLineEdit::textChanged, this, &QuestionBox::follow);
  connect(number_, &QLineEdit::returnPressed, this, &QuestionBox::take);
  connect(&player, &LessonPlayer::stepChanged, this, &QuestionBox::follow);
  connect(&player, &LessonPlayer::numbersChanged, this, &QuestionBox::tellNumbers);
  follow();
}

/// The answers of another question.
void QuestionBox::build() {
  if (built_step_ == player_.step() && built_lesson_ == QString::fromStdString(player_.lesson().name)) return;
  built_step_ = player_.step();
  built_lesson_ = QString::fromStdString(player_.lesson().name);
  const LessonAsk& ask = *player_.now().ask;
  if (answers_) {
    answers_->hide();
    answers_->deleteLater();
  }
  choices_.clear();
  answers_ = new QWidget;
  auto* column = new QVBoxLayout(answers_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  for (const std::string& choice : ask.choices) {
    choices_.push_back(new ChoiceButton(theme_, QString::fromStdString(choice)));
    connect(choices_.back(), &QAbstractButton::toggled, this, &QuestionBox::follow);
    column->addWidget(choices_.back());
  }
  static_cast<QVBoxLayout*>(layout())->insertWidget(2, answers_);
  answers_->setVisible(!choices_.empty());
  const QString question = QString::fromStdString(ask.question);
  answers_->setAccessibleName(question);
  number_->setAccessibleName(question);
  unit_->setText(QString::fromStdString(ask.unit));
  const auto& guess = player_.guess();
  const QSignalBlocker quiet(number_);
  number_->setText(guess && guess->number ? NumberText::brief(*guess->number) : QString());
  if (guess && guess->choice >= 0) choices_[static_cast<std::size_t>(guess->choice)]->setChecked(true);
}

void QuestionBox::follow() {
  const bool asks = player_.isOpen() && player_.now().ask;
  setVisible(asks);
  if (!asks) return;
  build();
  const LessonAsk& ask = *player_.now().ask;
  const bool waits = player_.waits(), known = player_.knowsTruth();
  const bool chosen = std::any_of(choices_.begin(), choices_.end(), [](const auto* c) { return c->isChecked(); });
  number_row_->setVisible(ask.choices.empty() && (waits || player_.guess()->number));
  number_->setReadOnly(!waits);
  number_->setEnabled(waits);
  buttons_->setVisible(waits);
  predict_->setEnabled(ask.choices.empty() ? NumberText::parse(number_->text()).has_value() : chosen);
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    choices_[i]->setEnabled(waits);
    choices_[i]->setVerdict(!known                         ? ChoiceButton::Verdict::open
                            : ask.choices[i] == ask.answer ? ChoiceButton::Verdict::right
                            : choices_[i]->isChecked()     ? ChoiceButton::Verdict::wrong
                                                           : ChoiceButton::Verdict::open);
  }
  tellNumbers();
}

/// How near the prediction was, in a sentence.
QString QuestionBox::verdict() const {
  const Guess& guess = *player_.guess();
  const LessonAsk& ask = *player_.now().ask;
  if (!ask.choices.empty()) {
    const bool right = guess.choice >= 0 && ask.choices[static_cast<std::size_t>(guess.choice)] == ask.answer;
    if (right) return tr("<b>As you predicted.</b>");
    return guess.passed ? tr("The run says: <b>%1</b>.").arg(QString::fromStdString(ask.answer).toHtmlEscaped())
                        : tr("<b>Not as predicted:</b> %1.").arg(QString::fromStdString(ask.answer).toHtmlEscaped());
  }
  const auto truth = player_.truth();
  const QString shown = truth ? QString::fromStdString(truth->text).toHtmlEscaped() : QStringLiteral("…");
  const QString unit = QString::fromStdString(ask.unit).toHtmlEscaped();
  const QString found = tr("The run took <b>%1</b> %2.").arg(shown, unit);
  if (!guess.number || !truth || !(*guess.number > 0) || !(truth->number > 0)) return found;
  const double off = std::max(*guess.number / truth->number, truth->number / *guess.number);
  const QString yours = QString::fromStdString(format_value(*guess.number));
  if (off <= 1.1) return found + u' ' + tr("You predicted %1: very close.").arg(yours);
  if (off <= 1.5) return found + u' ' + tr("You predicted %1: close.").arg(yours);
  return found + u' ' +
         tr("You predicted %1: off by a factor of %2.").arg(yours, QString::fromStdString(format_value(off)));
}

void QuestionBox::tellNumbers() {
  if (!player_.isOpen() || !player_.now().ask) return;
  const QString question = player_.rich(player_.now().ask->question);
  if (question != question_->text()) question_->setText(question);
  QString text;
  if (player_.waits())
    text = {};
  else if (!player_.knowsTruth())
    text = tr("Now run it and see.");
  else
    text = verdict() + u' ' + player_.rich(player_.now().ask->because);
  if (text != told_->text()) told_->setText(text);
  told_->setVisible(!text.isEmpty());
}

void QuestionBox::take() {
  if (!player_.waits()) return;
  Guess guess;
  for (std::size_t i = 0; i < choices_.size(); ++i)
    if (choices_[i]->isChecked()) guess.choice = static_cast<int>(i);
  guess.number = NumberText::parse(number_->text());
  const bool numeric = player_.now().ask->choices.empty();
  if (numeric ? guess.number.has_value() : guess.choice >= 0) player_.predict(guess);
}

QString QuestionBox::told() const { return told_->isHidden() ? QString() : told_->text(); }

}  // namespace kappa::ui
