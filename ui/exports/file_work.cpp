/// Hands work to the session's threads and brings its news back by events.
#include "ui/exports/file_work.hpp"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QMetaObject>
#include <atomic>
#include <exception>
#include <mutex>

#include "ui/session.hpp"

namespace kappa::ui {
namespace {

constexpr qint64 between_news = 30;  // milliseconds

}  // namespace

struct FileWork::Job {
  explicit Job(FileWork* listener) : owner(listener) {}

  template <class News>
  void tell(News news) {
    const std::lock_guard hold(mutex);
    if (FileWork* const to = owner)
      QMetaObject::invokeMethod(
          to, [to, news] { news(*to); }, Qt::QueuedConnection);
  }

  std::atomic<bool> stop{false};
  std::mutex mutex;
  FileWork* owner;  // null: nobody listens any more
};

void FileWork::start(Work work, Then then) {
  abandon();
  job_ = std::make_shared<Job>(this);
  session_.workApart([job = job_, work = std::move(work), then = std::move(then)] {
    QElapsedTimer told;
    const Progress progress = [&](int done, int of) {
      if (!told.isValid() || told.elapsed() >= between_news || (of > 0 && done == of)) {
        told.start();
        job->tell([job, done, of](FileWork& to) {
          if (to.job_ == job) emit to.progressed(done, of);
        });
      }
      return !job->stop.load();
    };
    WorkEnd end;
    try {
      end = work(progress);
    } catch (const std::exception& error) {  // such as a picture for which there is no memory
      end = {WorkEnd::How::failed,
             QCoreApplication::translate("export_files", "Nothing was written: %1").arg(QLatin1String(error.what()))};
    }
    job->tell([job, end, then](FileWork& to) { to.take(job, end, then); });
  });
}

void FileWork::take(const std::shared_ptr<Job>& job, const WorkEnd& end, const Then& then) {
  if (job_ != job) return;
  job_.reset();
  if (then) then(end);
  emit ended(end);
}

void FileWork::cancel() {
  if (job_) job_->stop.store(true);
}

void FileWork::abandon() {
  if (!job_) return;
  cancel();
  const std::lock_guard hold(job_->mutex);
  job_->owner = nullptr;
}

}  // namespace kappa::ui
