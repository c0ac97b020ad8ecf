/// Work on files beside the window, whose thread begins it, may tell it to stop, and never waits for it.
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace kappa::ui {

class Session;

/// How work has ended, and the sentence that says so.
struct WorkEnd {
  enum class How : std::uint8_t { written, cancelled, failed };
  How how = How::written;
  QString sentence;
};

/// Asked between two pieces of work; false: no more is wanted.
using Wanted = std::function<bool()>;
/// The same, told how far the work is; `of` 0: nobody knows how much there is.
using Progress = std::function<bool(int done, int of)>;

/// Who owns what: the work owns copies of all that it reads; a trace, which it shares, may be read while others write
/// it. Its thread is one of the session's, which outlives the window and is waited for when the program ends. It
/// reaches back only by events that it posts under the job's lock, and only while there is somebody to take them: the
/// destructor takes itself out under the same lock. So either may go first, and the window goes at once.
class FileWork : public QObject {
  Q_OBJECT

 public:
  using Work = std::function<WorkEnd(const Progress&)>;
  using Then = std::function<void(const WorkEnd&)>;

  explicit FileWork(Session& session, QObject* parent = nullptr) : QObject(parent), session_(session) {}
  ~FileWork() override { abandon(); }

  /// `then` is called on the window's thread. What is still at work is given up and not heard of again.
  void start(Work work, Then then = {});
  void cancel();
  bool busy() const { return job_ != nullptr; }

 signals:
  void progressed(int done, int of);
  void ended(const kappa::ui::WorkEnd& end);

 private:
  struct Job;
  void abandon();
  void take(const std::shared_ptr<Job>& job, const WorkEnd& end, const Then& then);

  Session& session_;
  std::shared_ptr<Job> job_;  // null: nothing is at work
};

}  // namespace kappa::ui
