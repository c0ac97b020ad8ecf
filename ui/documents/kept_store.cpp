/// A queue of work beside the window, whose news come back by events as long as somebody listens.
#include "ui/documents/kept_store.hpp"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QMetaObject>
#include <algorithm>
#include <deque>
#include <mutex>

#include "ui/documents/kept_file.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"
#include "ui/window/message_strip.hpp"

namespace kappa::ui {
namespace {

const auto kKeptNotice = QStringLiteral("kept");

bool isExample(const Session& session) {
  const auto item = gallery_item(session.name().toStdString());
  if (!item) return false;
  if (!session.asOpened()) return true;  // recovered: its name is all that is known
  const auto read = parse_document(item->document);
  const auto* document = std::get_if<Document>(&read);
  return document && write_document(complete(*document)) == write_document(*session.asOpened());
}

/// Both files of a result; a copy leaves those that were there.
void transfer(const QString& id, const QString& from, const QString& to, bool copy) {
  for (const QString& ending : {QStringLiteral(".trace"), QStringLiteral(".json")}) {  // the second makes it exist
    const QString old = from + u'/' + id + ending, next = to + u'/' + id + ending;
    copy ? QFile::copy(old, next) : QFile::rename(old, next);
  }
  if (!copy) QDir().rmdir(from);
}

}  // namespace

struct KeptStore::Queue {
  std::mutex mutex;
  std::deque<std::function<void()>> waiting;
  bool running = false;
  KeptStore* owner = nullptr;  // null: nobody listens any more

  void run() {
    for (;;) {
      std::function<void()> next;
      {
        const std::lock_guard hold(mutex);
        running = !waiting.empty();
        if (!running) return;
        next = std::move(waiting.front());
        waiting.pop_front();
      }
      next();
    }
  }
};

KeptStore::KeptStore(Session& session, const QString& base, const QString& unsaved, QObject* parent)
    : QObject(parent),
      session_(session),
      base_(base),
      unsaved_(folderOfUnsaved(unsaved)),
      queue_(std::make_shared<Queue>()) {
  queue_->owner = this;
  connect(&session, &Session::opened, this, &KeptStore::open);
  connect(&session, &Session::saved, this, &KeptStore::moveIn);
  connect(&session.kept(), &KeptResults::changed, this, &KeptStore::follow);
  place_ = place();
}

KeptStore::~KeptStore() {
  const std::lock_guard hold(queue_->mutex);
  queue_->owner = nullptr;  // what waits is still written
}

QString KeptStore::folderOfUnsaved(const QString& window) { return window + QStringLiteral("/kept"); }

KeptStore::Owner KeptStore::owner() const {
  if (!session_.path().isEmpty()) return Owner::file;
  return isExample(session_) ? Owner::example : Owner::window;
}

QString KeptStore::place() const {
  switch (owner()) {
    case Owner::file: {
      const QFileInfo file(session_.path());
      const QString path = file.exists() ? file.canonicalFilePath() : file.absoluteFilePath();
      const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
      return base_ + u'/' + file.fileName().section(u'.', 0, 0) + u'-' + QString::fromLatin1(hash);
    }
    case Owner::example:
      return base_ + QStringLiteral("/example-") + session_.name();
    case Owner::window:
      break;
  }
  return unsaved_;
}

bool KeptStore::busy() const {
  const std::lock_guard hold(queue_->mutex);
  return queue_->running;
}

void KeptStore::post(std::function<void()> work) {
  const std::lock_guard hold(queue_->mutex);
  queue_->waiting.push_back(std::move(work));
  if (std::exchange(queue_->running, true)) return;
  session_.workApart([queue = queue_] { queue->run(); });
}

/// A file's results are there when it is; those of an example, which may be opened for a fresh start, are offered.
void KeptStore::open() {
  emit noticeGone(kKeptNotice);
  place_ = place();
  const Owner whose = owner();
  if (whose == Owner::example && session_.asOpened()) return offer(place_);
  if (whose != Owner::window) load(place_);
}

void KeptStore::load(const QString& place) {
  std::vector<QString> here;
  for (const KeptResults::Kept& one : session_.kept().all()) here.push_back(one.id);
  post([queue = queue_, place, here, lasts = place != unsaved_] {
    auto found = std::make_shared<std::vector<KeptResults::Kept>>();
    Issues issues;
    for (const KeptName& one : keptIn(place)) {
      if (std::find(here.begin(), here.end(), one.id) != here.end()) continue;
      auto read = readKept(place, one.id);
      if (const Issues* bad = issues_of(read)) {
        issues.insert(issues.end(), bad->begin(), bad->end());
      } else {
        found->push_back(std::get<KeptResults::Kept>(std::move(read)));
        found->back().lasts = lasts;
      }
    }
    const std::lock_guard hold(queue->mutex);
    if (!queue->owner) return;
    QMetaObject::invokeMethod(
        queue->owner, [to = queue->owner, place, found, issues] { to->arrive(place, *found, issues); },
        Qt::QueuedConnection);
  });
}

void KeptStore::arrive(const QString& place, const std::vector<KeptResults::Kept>& all, const Issues& issues) {
  if (place != place_) return;  // another experiment is there by now
  for (const KeptResults::Kept& one : all) known_[one.id] = {one.name, place};
  session_.kept().restore(all);
  if (!issues.empty())
    emit noticed({kKeptNotice, tr("A kept result was not brought back.") + u'\n' + wording::sentences(issues)});
}

void KeptStore::offer(const QString& place) {
  post([queue = queue_, place] {
    const std::vector<KeptName> found = keptIn(place);
    const std::lock_guard hold(queue->mutex);
    if (found.empty() || !queue->owner) return;
    QMetaObject::invokeMethod(
        queue->owner, [to = queue->owner, place, found] { to->ask(place, found); }, Qt::QueuedConnection);
  });
}

void KeptStore::ask(const QString& place, const std::vector<KeptName>& found) {
  QStringList ids;
  for (const KeptName& one : found)
    if (known_.find(one.id) == known_.end()) ids << one.id;
  if (place != place_ || ids.isEmpty()) return;
  const QString when = QLocale().toString(found.back().when.toLocalTime(), QLocale::ShortFormat);
  Notice notice{kKeptNotice, tr("Results of this example that you kept: %1, the last on %2.").arg(ids.size()).arg(when),
                false};
  notice.choices.emplace_back(tr("Show"), [this, place] { load(place); });
  notice.choices.emplace_back(tr("Delete"), [this, place, ids] {
    post([place, ids] {
      for (const QString& id : ids) removeKept(place, id);
    });
  });
  emit noticed(notice);
}

/// What is new is written, what was renamed is renamed, what is gone goes.
void KeptStore::follow() {
  std::map<QString, Known> before;
  std::swap(before, known_);
  for (const KeptResults::Kept& one : session_.kept().all()) {
    const auto found = before.find(one.id);
    const QString place = found == before.end() ? place_ : found->second.place;
    known_[one.id] = {one.name, place};
    if (found == before.end()) {
      post([queue = queue_, one, place, lasts = place != unsaved_] {
        const auto issue = writeKept(place, one);
        const std::lock_guard hold(queue->mutex);
        if (!queue->owner) return;
        QMetaObject::invokeMethod(
            queue->owner,
            [to = queue->owner, id = one.id, place, lasts, issue] { to->settle(id, place, lasts, issue); },
            Qt::QueuedConnection);
      });
    } else if (found->second.name != one.name) {
      post([place, id = one.id, name = one.name] { renameKept(place, id, name); });
    }
    if (found != before.end()) before.erase(found);
  }
  for (const auto& [id, gone] : before) post([place = gone.place, id = id] { removeKept(place, id); });
}

void KeptStore::settle(const QString& id, const QString& place, bool lasts, const std::optional<Issue>& issue) {
  const auto found = known_.find(id);
  if (found == known_.end() || found->second.place != place) return;  // gone or moved since
  if (!issue) return session_.kept().settle(id, place, lasts);
  emit noticed({kKeptNotice, tr("The kept result goes when this window closes: it could not be written.") + u'\n' +
                                 wording::sentences({*issue})});
}

/// Saved for the first time, the experiment takes its results along; under another name it leaves the first file its
/// own.
void KeptStore::moveIn() {
  const QString from = std::exchange(place_, place());
  if (from == place_) return;
  const bool copy = from != unsaved_ && !from.startsWith(base_ + QStringLiteral("/example-"));
  for (auto& [id, known] : known_) {
    if (known.place != from) continue;
    known.place = place_;
    post([queue = queue_, id = id, from, to = place_, copy] {
      const auto issue = make_directory(to.toStdString());
      if (!issue) transfer(id, from, to, copy);
      const std::lock_guard hold(queue->mutex);
      if (!queue->owner) return;
      QMetaObject::invokeMethod(
          queue->owner, [store = queue->owner, id, to, issue] { store->settle(id, to, true, issue); },
          Qt::QueuedConnection);
    });
  }
  load(place_);
}

void KeptStore::adopt(const QString& folder) {
  const std::vector<KeptName> left = keptIn(folder);
  if (left.empty() || !QDir().mkpath(place_)) return;
  for (const KeptName& one : left) transfer(one.id, folder, place_, false);
  load(place_);
}

}  // namespace kappa::ui
