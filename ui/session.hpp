/// Owns the lab for the window: commands go down to the runner, snapshots of its trace come up; the only timer.
#pragma once

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <QUndoStack>
#include <memory>
#include <optional>

#include "core/lab.hpp"
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
  /// Runs write to folders below `recovery`; empty: the user's own place for such data.
  explicit Session(const QString& recovery = {}, QObject* parent = nullptr);
  ~Session() override;

  // The document. `document` is what a fresh run does; `recorded` also says what was done while it ran.
  const Document& document() const { return *document_; }
  Document recorded() const;
  const QString& name() const { return name_; }  ///< the file's or the gallery's stem
  const QString& path() const { return path_; }  ///< empty: not saved yet
  bool edited() const { return !undo_.isClean(); }
  QUndoStack& undoStack() { return undo_; }

  /// A file, a picture with a document inside, or a gallery name. Upon issues the present document stays.
  Issues open(const QString& file_or_name);
  void openDocument(const Document& document, const QString& name, const QString& path = {});
  Issues save(const QString& path);

  /// An edit that can be undone. Edits with the same key that follow each other are one. Upon issues nothing changes.
  Issues change(const Document& next, const QString& text, const QString& key = {});
  Issues change(const Document& next, const QString& text, const QString& key, const LiveEdit& live);

  /// How the document wants to be looked at: its `view` object. Setting a key is an edit that can be undone and never
  /// touches results; a null value removes it.
  QJsonObject view() const;
  void setView(const QString& key, const QJsonValue& value, const QString& text);

  // The run.
  void run();
  void pause();
  void toggle();
  void step(std::uint64_t n = 1);
  void stop();
  void restart();
  void setSpeed(double steps_per_second);  ///< 0: unlimited
  double speed() const { return speed_; }
  RunState state() const;
  bool started() const;
  const RunnerStatus& status() const { return status_; }
  const Trace& trace() const { return *trace_; }
  const std::vector<FigureSpec>& figures() const { return figures_; }
  const std::vector<ClaimResult>& claims() const { return claims_; }
  std::uint64_t lastStep() const;  ///< newest step that any run has recorded
  std::uint64_t totalSteps() const { return total_steps_; }
  bool countsSteps() const { return document_->study == "descent"; }
  /// The results of a finished run, as a folder.
  Issues exportRun(const QString& folder) const;

  // What is looked at; never touches results.
  std::optional<std::uint64_t> atStep() const { return at_step_; }
  void setAtStep(std::optional<std::uint64_t> step);
  std::size_t chosenRun() const { return chosen_; }
  void chooseRun(std::size_t run);
  bool isHidden(const std::string& label) const { return hidden_.contains(QString::fromStdString(label)); }
  void setHidden(const std::string& label, bool hidden);
  FigureOptions figureOptions() const;

  bool idle() const { return !timer_.isActive(); }

 signals:
  void opened();           ///< another document
  void documentChanged();  ///< any change of it, opening included
  void editedChanged();
  void runnerReplaced();  ///< figures and trace are new
  void refreshed();       ///< the trace, the status or both have moved on
  void viewChanged();
  void troubled(const QString& sentence);  ///< an empty one takes it back

 private:
  friend class DocumentCommand;
  using Shared = std::shared_ptr<const Document>;

  Issues push(Document next, const QString& text, const QString& key, const std::optional<LiveEdit>& live);
  void apply(const Shared& next, const std::optional<LiveEdit>& live, bool back);
  void build(bool running);
  void discard();
  void wake();
  void tick();
  bool arrived() const;
  void tellTrouble();
  std::vector<RunMark> marks() const;

  Shared document_;
  QString name_, path_, recovery_, folder_;
  QUndoStack undo_;

  Reaper reaper_;
  std::unique_ptr<Runner> runner_;
  std::shared_ptr<const Trace> trace_;
  RunnerStatus status_;
  std::vector<FigureSpec> figures_;
  std::vector<ClaimResult> claims_;
  std::vector<RunMark> marks_;
  std::vector<std::uint64_t> goals_;  ///< steps that the runs are to reach while paused
  std::uint64_t total_steps_ = 0, seen_version_ = 0;
  int runners_ = 0;
  double speed_ = 0;
  bool live_edits_ = false, quick_ = false;
  QString trouble_;

  std::optional<std::uint64_t> at_step_;
  std::size_t chosen_ = 0;
  QSet<QString> hidden_;

  QTimer timer_;
  QElapsedTimer since_change_, since_edit_;
  bool rebuild_ = false, rebuild_running_ = false;
};

}  // namespace kappa::ui
