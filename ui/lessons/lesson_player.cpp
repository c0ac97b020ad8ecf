/// Turns a lesson's steps into edits of the session's document and its questions into locks.
#include "ui/lessons/lesson_player.hpp"

#include <QJsonArray>
#include <QRegularExpression>
#include <algorithm>
#include <utility>

#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

const QString kUnknown = QString(2, QChar(0x2007)) + QChar(0x2026) + QString(2, QChar(0x2007));  // figure spaces

bool fromRun(const LivePiece& piece) {
  return std::any_of(piece.numbers.begin(), piece.numbers.end(),
                     [](const LiveNumber& number) { return number.what != LiveNumber::What::setting; });
}

std::vector<LivePiece> piecesOfText(const std::string& text) {
  auto read = parse_live_text(text, {});
  return issues_of(read) ? std::vector<LivePiece>{{text, {}}} : std::get<std::vector<LivePiece>>(std::move(read));
}

/// `*emphasis*` and new lines, nothing else.
QString marked(const std::string& words) {
  static const QRegularExpression emphasis(QStringLiteral("\\*([^*]+)\\*"));
  QString html = QString::fromStdString(words).toHtmlEscaped();
  html.replace(emphasis, QStringLiteral("<i>\\1</i>"));
  return html.replace(u'\n', QStringLiteral("</p><p style=\"margin: 8px 0 0 0\">"));
}

}  // namespace

LessonPlayer::LessonPlayer(Session& session, QObject* parent) : QObject(parent), session_(session) {
  connect(&session, &Session::refreshed, this, &LessonPlayer::look);
  connect(&session, &Session::viewChanged, this, &LessonPlayer::look);
  connect(&session, &Session::documentChanged, this, [this] {
    if (!isOpen() || changing_) return;
    const bool now = differInResults(session_.document(), *wanted_);
    if (std::exchange(strays_, now) != now) emit straysChanged();
    emit numbersChanged();
  });
  connect(&session, &Session::opened, this, [this] {
    if (changing_ || !isOpen()) return;
    lesson_.reset();  // another document has taken the lesson's place
    session_.setLocks({});
    session_.setTheoryVeiled(false);
    session_.setKeptVeiled(false);
    emit openChanged();
  });
}

Issues LessonPlayer::open(const QString& name) {
  auto read = open_lesson(name.toStdString());
  if (Issues* issues = std::get_if<Issues>(&read)) return std::move(*issues);
  auto first = lesson_document(std::get<Lesson>(read), 0);
  if (Issues* issues = std::get_if<Issues>(&first)) return std::move(*issues);
  if (isOpen()) leave();
  lesson_ = std::get<Lesson>(std::move(read));
  guesses_.assign(lesson_->steps.size(), std::nullopt);
  memory_.clear();
  changing_ = true;
  session_.openDocument(std::get<Document>(first), QString::fromStdString(lesson_->base));
  session_.setKeptVeiled(true);
  changing_ = false;
  wanted_ = std::get<Document>(first);
  enter(0);
  emit openChanged();
  return {};
}

void LessonPlayer::leave() {
  if (!isOpen()) return;
  session_.setLocks({});
  changing_ = true;
  Document free = session_.document();
  const auto base = gallery_item(lesson_->base);
  const auto own = base ? parse_document(base->document) : Checked<Document>(Issues{});
  if (!issues_of(own)) free.view = std::get<Document>(own).view;
  session_.change(free, tr("leave the lesson"));
  session_.undoStack().setClean();
  changing_ = false;
  lesson_.reset();
  session_.setTheoryVeiled(false);
  session_.setKeptVeiled(false);
  emit openChanged();
}

void LessonPlayer::goTo(std::size_t step) {
  if (!isOpen() || step == step_ || step >= lesson_->steps.size()) return;
  enter(step);
}

void LessonPlayer::next() {
  if (isOpen()) isLast() ? leave() : goTo(step_ + 1);
}

void LessonPlayer::back() {
  if (isOpen() && step_ > 0) goTo(step_ - 1);
}

/// A step that sets nothing keeps what has been run; one that does, or that asks first, begins at rest.
void LessonPlayer::enter(std::size_t step) {
  const auto read = lesson_document(*lesson_, step);
  if (issues_of(read)) return;  // was checked when the lesson was read
  const Document before = *wanted_;
  step_ = step;
  wanted_ = std::get<Document>(read);
  const bool predicts = now().ask && !guesses_[step];
  const bool other = differInResults(before, *wanted_) || (predicts && strays_);
  changing_ = true;
  session_.setLocks({});
  Document next = other ? *wanted_ : session_.document();
  next.view = wanted_->view;
  session_.change(next, tr("lesson: step %1").arg(step + 1));
  session_.undoStack().setClean();
  if (other || (predicts && session_.started())) session_.rewind();
  QStringList pointers;
  for (const std::string& lock : now().lock)
    if (lock.starts_with('/')) pointers << QString::fromStdString(lock);
  session_.setLocks(pointers);
  changing_ = false;
  truth_known_ = false;
  strays_ = differInResults(session_.document(), *wanted_);
  look();
  emit stepChanged();
  emit straysChanged();
}

void LessonPlayer::restore() {
  if (!isOpen()) return;
  const QStringList locks = session_.locks();
  changing_ = true;
  session_.setLocks({});
  session_.change(*wanted_, tr("back to the lesson's settings"));
  session_.setLocks(locks);
  session_.rewind();
  changing_ = false;
  strays_ = false;
  emit straysChanged();
}

void LessonPlayer::predict(const Guess& guess) {
  if (!waits()) return;
  guesses_[step_] = guess;
  look();
  emit stepChanged();
}

LiveSource LessonPlayer::source() const {
  return {session_.document(), session_.trace(), session_.status(), session_.claims(), session_.atStep(), &memory_};
}

/// Numbers of settings that the student has changed are not the lesson's.
void LessonPlayer::rememberForLater() {
  if (strays_ || session_.rebuilding()) return;
  for (std::size_t later = step_ + 1; later < lesson_->steps.size(); ++later)
    for (const std::string& text : live_texts(lesson_->steps[later])) remember(piecesOfText(text), source(), memory_);
}

bool LessonPlayer::allKnown(const std::string& text, bool& any) const {
  for (const LivePiece& piece : piecesOfText(text)) {
    if (piece.numbers.empty() || !piece.was.empty() || !fromRun(piece)) continue;
    any = true;
    if (!live_value(piece, source())) return false;
  }
  return true;
}

void LessonPlayer::look() {
  if (!isOpen() || changing_) return;
  session_.setTheoryVeiled(waits());
  rememberForLater();
  if (now().ask && guess() && !truth_known_) {
    const LessonAsk& ask = *now().ask;
    bool any = false;
    const bool known = allKnown(ask.because, any) && (!ask.choices.empty() || allKnown(ask.answer, any));
    if (known && (any || session_.state() == RunState::finished)) {
      truth_known_ = true;
      emit stepChanged();
    }
  }
  emit numbersChanged();
}

std::optional<LiveValue> LessonPlayer::truth() const {
  if (!isOpen() || !now().ask || !now().ask->choices.empty()) return std::nullopt;
  const std::vector<LivePiece> pieces = piecesOfText(now().ask->answer);
  return pieces.empty() ? std::nullopt : live_value(pieces.front(), source());
}

QString LessonPlayer::rich(const std::string& text) const {
  QString html;
  for (const LivePiece& piece : piecesOfText(text)) {
    if (piece.numbers.empty()) {
      html += marked(piece.words);
      continue;
    }
    const auto value = live_value(piece, source());
    html += value ? QStringLiteral("<b>%1</b>").arg(QString::fromStdString(value->text).toHtmlEscaped()) : kUnknown;
  }
  return QStringLiteral("<p style=\"margin: 0\">%1</p>").arg(html);
}

QStringList LessonPlayer::lockedControls() const {
  QStringList locked;
  if (!isOpen()) return locked;
  for (const std::string& lock : now().lock)
    if (!lock.starts_with('/')) locked << QString::fromStdString(lock);
  if (waits()) locked << QStringLiteral("run") << QStringLiteral("step") << QStringLiteral("fork");
  return locked;
}

bool LessonPlayer::hides(const QString& panel) const {
  if (!isOpen()) return false;
  const std::string name = panel.toStdString();
  return std::find(now().hide.begin(), now().hide.end(), name) != now().hide.end();
}

}  // namespace kappa::ui
