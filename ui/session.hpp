/// Owns the lab for the window: commands go down to the runner, snapshots of its trace come up; the only timer.
#pragma once

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QTimer>
#include <QUndoStack>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "core/lab.hpp"
#include "ui/exports/run_copy.hpp"
#include "ui/runs/kept_results.hpp"
#include "ui/runs/reaper.hpp"

namespace kappa::ui {

/// `ready`: nothing has been run yet. `closing`: claims are judged and files written.
enum class RunState : std::uint8_t { ready, running, paused, closing, finished };

/// One field of a run's optimizer that may change while it runs, and its value after and before the edit.
struct LiveEdit {
  std::size_t run = 0;
  std::string field;
  Value value, before;
};

class Session : public QObject {
  Q_OBJECT

 public:
  /// Runs write to folders below `recovery`, which is gone when the session ends.
  explicit Session(const QString& recovery, QObject* parent = nullptr);
  ~Session() override;

  // The document. `document` is what a fresh run does; `recorded` also says what was done while it ran.
  const Document& document() const { return *document_; }
  Document recorded() const;
  const QString& name() const { return name_; }  ///< the file's or the gallery's stem
  const QString& path() const { return path_; }  ///< empty: not saved yet
  bool edited() const { return !undo_.isClean(); }
  /// As it was opened and can be opened again; null: that is not to be had any more.
  const Document* asOpened() const { return opened_.get(); }
  QUndoStack& undoStack() { return undo_; }

  /// Whatever `readSource` understands. Upon issues the present document stays.
  Issues open(const QString& what);
  void openDocument(const Document& document, const QString& name, const QString& path = {});
  /// The same, of which nothing is saved: what was recovered.
  void openUnsaved(const Document& document, const QString& name, const QString& path);
  Issues save(const QString& path);

  /// An edit that can be undone. Edits with the same key that follow each other are one. Upon issues nothing changes.
  Issues change(const Document& next, const QString& text, const QString& key = {});
  Issues change(const Document& next, const QString& text, const QString& key, const LiveEdit& live);
  /// An edit of the runs with all that was done while they ran, as one step of the history: what stays comes back to
  /// where it is.
  Issues reshape(const std::function<Document(Document)>& edit, const QString& text);
  /// The step from which the chosen run would be forked: the one looked at, or its newest. Nothing: it has ended there.
  std::optional<std::uint64_t> forkStep() const;
  Issues fork();
  /// A run's optimizer as the edits until now have left it.
  Node optimizerNow(std::size_t run) const;
  /// After an edit that is part of a movement: run it at once, as soon as the eye has had something of the last one.
  void hurry();
  bool rebuilding() const { return rebuild_; }
  bool comingBack() const { return coming_back_; }  ///< what is shown is still that of before
  bool holdsBack() const { return hushed_; }        ///< the new run has nothing to show yet; what is shown may stay

  /// How the document wants to be looked at: its `view` object. Setting a key is an edit that can be undone and never
  /// touches results; a null value removes it.
  QJsonObject view() const;
  void setView(const QString& key, const QJsonValue& value, const QString& text);

  /// JSON pointers that no edit may change, as the step of a lesson wants it.
  void setLocks(const QStringList& pointers);
  const QStringList& locks() const { return locks_; }
  /// Theory stays out of the charts, and from beside the fields, while a lesson asks what will happen.
  void setTheoryVeiled(bool on);
  bool theoryVeiled() const { return theory_veiled_; }
  /// What has been kept until now stays out of the charts while a lesson is on, whose answers it might give.
  void setKeptVeiled(bool on);

  // The run.
  void run();
  void pause();
  void toggle();
  void step(std::uint64_t n = 1);
  void stop();
  void restart();
  void rewind();                           ///< to the first step, at rest
  void setSpeed(double steps_per_second);  ///< 0: unlimited
  double speed() const { return speed_; }
  RunState state() const;
  bool started() const;
  const RunnerStatus& status() const { return status_; }
  const Trace& trace() const { return *trace_; }
  std::shared_ptr<const Trace> sharedTrace() const { return trace_; }  ///< for work that outlives the run
  const std::vector<FigureSpec>& figures() const { return figures_; }
  const std::vector<ClaimResult>& claims() const { return claims_; }
  std::uint64_t lastStep() const;  ///< newest step that any run has recorded
  std::uint64_t totalSteps() const { return total_steps_; }
  bool countsSteps() const { return document_->study == "descent"; }
  /// What is known of a run's parameters as they stand now; null: nothing yet.
  const Advice* adviceOn(std::size_t run) const;
  QString resultsFolder() const { return results_ ? results_->path() : QString(); }  ///< where the present run writes
  std::optional<FinishedRun> finishedRun() const;                                    ///< to be copied

  /// For good: the run is interrupted, and nothing but `waitEnded` and the destructor may be called any more.
  void end();
  bool waitEnded(int milliseconds) { return reaper_.wait(milliseconds); }
  /// For files that are written beside the window: `waitEnded` waits for it. It must own all that it touches.
  void workApart(std::function<void()> work) { reaper_.start(std::move(work)); }

  // What is looked at; never touches results.
  std::optional<std::uint64_t> atStep() const { return at_step_; }
  void setAtStep(std::optional<std::uint64_t> step);
  std::size_t chosenRun() const { return chosen_; }
  void chooseRun(std::size_t run);
  FigureOptions figureOptions() const;
  /// The next recorded step (or, below zero, the one before) is looked at.
  void scrubBy(int steps);
  /// The step that is looked at moves through what is recorded, until its end.
  void setPlayingBack(bool on);
  bool playingBack() const { return playing_back_; }
  /// Charts and numbers stay as they are while the run goes on.
  void setFrozen(bool on);
  std::optional<std::uint64_t> frozenAt() const { return frozen_at_; }

  // How the document wants it; kept in its `view`.
  bool isHidden(const std::string& label) const;
  void setHidden(const std::string& label, bool hidden);
  QStringList runLabels() const;            ///< of the document, or of what a study has recorded
  void showOnly(const std::string& label);  ///< alone; the same again: all
  bool isAlone(const std::string& label) const;
  int colourOf(const std::string& label) const;  ///< index into the palette
  void setColour(const std::string& label, std::optional<int> colour);
  CountBy countBy() const;
  void setCountBy(CountBy by);
  std::optional<double> target() const;
  void setTarget(std::optional<double> loss);
  bool equalBudget() const;
  void setEqualBudget(bool on);
  std::optional<double> budget() const;  ///< in units of `countBy`; nothing: everyone to their end

  KeptResults& kept() { return kept_; }
  const KeptResults& kept() const { return kept_; }
  void keepResult();  ///< the finished run's curves stay, faintly, whatever becomes of the document

  bool idle() const { return !timer_.isActive(); }

 signals:
  void opened();           ///< another document
  void documentChanged();  ///< any change of it, opening included
  void editedChanged();
  void saved();           ///< perhaps under another name
  void runnerReplaced();  ///< figures and trace are new
  void refreshed();       ///< the trace, the status or both have moved on
  void viewChanged();
  void locksChanged();
  void adviceChanged();                    ///< theory has something new to say of the present numbers
  void troubled(const QString& sentence);  ///< an empty one takes it back

 private:
  friend class DocumentCommand;
  using Shared = std::shared_ptr<const Document>;

  Issues push(Document next, const QString& text, const QString& key, const std::optional<LiveEdit>& live);
  void apply(const Shared& next, const std::optional<LiveEdit>& live, bool back, bool comes_back);
  void comeBack(const Document& before);
  bool recordsEdits() const;
  Document withEdit(const LiveEdit& edit) const;
  std::uint64_t stepOf(std::size_t run) const;
  void setViews(const QJsonObject& next, const QString& text, const QString& key);
  void setHiddenRuns(const QJsonArray& labels, const QString& text);
  void moveOn();
  void build(bool running);
  void discard();
  void wake();
  void tick();
  bool arrived() const;
  void tellTrouble();
  void askAdvice();
  void takeAdvice();
  std::vector<RunMark> marks() const;

  Shared document_, opened_;
  QString name_, path_, recovery_;
  std::shared_ptr<const ResultsFolder> results_;
  QUndoStack undo_;

  Reaper reaper_;
  std::unique_ptr<Runner> runner_;
  std::shared_ptr<const Trace> trace_;
  RunnerStatus status_;
  std::vector<FigureSpec> figures_;
  std::vector<ClaimResult> claims_;
  std::map<std::string, Advice> advice_;  ///< by the run's label
  std::map<std::string, Node> asked_;     ///< what advice was asked about last, where it is not what a run begins with
  std::uint64_t advice_version_ = 0;
  std::vector<RunMark> marks_;
  std::vector<std::uint64_t> goals_;  ///< steps that the runs are to reach while paused
  std::uint64_t total_steps_ = 0, seen_version_ = 0;
  int runners_ = 0;
  double speed_ = 0;
  bool live_edits_ = false, quick_ = false;
  bool brisk_ = false, hurried_ = false, hushed_ = false;  ///< see `hurry`; the last whole run was over in a blink
  QString trouble_;
  QStringList locks_;
  QStringList veiled_kept_;  ///< their ids
  bool theory_veiled_ = false;

  std::optional<std::uint64_t> at_step_;
  std::size_t chosen_ = 0;
  QJsonObject view_;  ///< the document's, read
  std::optional<std::uint64_t> frozen_at_;
  bool playing_back_ = false, coming_back_ = false, marks_changed_ = false;
  double play_position_ = 0;
  QElapsedTimer since_play_;
  KeptResults kept_;
  std::vector<std::uint64_t> come_back_to_;

  QTimer timer_;
  QElapsedTimer since_change_, since_edit_, since_build_;
  bool rebuild_ = false, rebuild_running_ = false;
};

}  // namespace kappa::ui
