/// A lesson being taken: its step, the student's predictions, what is locked, and its numbers from the run.
#pragma once

#include <QObject>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/lab.hpp"

namespace kappa::ui {

class Session;

/// What was predicted: one of the choices, a number, or nothing because the question was passed over.
struct Guess {
  int choice = -1;
  std::optional<double> number;
  bool passed = false;
};

class LessonPlayer : public QObject {
  Q_OBJECT

 public:
  explicit LessonPlayer(Session& session, QObject* parent = nullptr);

  /// The lesson's experiment becomes the session's document, at the lesson's first step.
  Issues open(const QString& name);
  /// Locks are lifted and all charts come back; the experiment stays, to be played with.
  void leave();
  bool isOpen() const { return lesson_.has_value(); }
  const Lesson& lesson() const { return *lesson_; }

  std::size_t step() const { return step_; }
  const LessonStep& now() const { return lesson_->steps[step_]; }
  bool isLast() const { return step_ + 1 == lesson_->steps.size(); }
  void goTo(std::size_t step);
  void next();
  void back();

  /// The step asks for a prediction that has not been given: runs wait for it.
  bool waits() const { return isOpen() && now().ask && !guess(); }
  const std::optional<Guess>& guess() const { return guesses_[step_]; }
  void predict(const Guess& guess);
  /// Whether the run has come far enough for the answer to be shown.
  bool knowsTruth() const { return truth_known_; }
  std::optional<LiveValue> truth() const;  ///< of a question for a number

  /// Whether the settings differ from those of the step, and back to them.
  bool strays() const { return strays_; }
  void restore();

  /// The text with its numbers, as rich text; dots as wide as a number stand for those not known yet.
  QString rich(const std::string& text) const;
  /// Controls that cannot be used now: run, step, stop, restart, fork.
  QStringList lockedControls() const;
  bool hides(const QString& panel) const;

 signals:
  void openChanged();
  void stepChanged();     ///< another step, or a prediction
  void numbersChanged();  ///< at most ten times a second while running
  void straysChanged();

 private:
  void enter(std::size_t step);
  void look();
  LiveSource source() const;
  void rememberForLater();
  bool allKnown(const std::string& text, bool& any) const;

  Session& session_;
  std::optional<Lesson> lesson_;
  std::optional<Document> wanted_;  ///< as the step has it
  std::size_t step_ = 0;
  std::vector<std::optional<Guess>> guesses_;
  LiveMemory memory_;  ///< numbers that later steps speak of
  bool truth_known_ = false, strays_ = false, changing_ = false;
};

}  // namespace kappa::ui
