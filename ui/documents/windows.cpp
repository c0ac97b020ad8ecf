/// A window's session outlives it until its workers have ended, so that closing never waits for them.
#include "ui/documents/windows.hpp"

#include <QElapsedTimer>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QTemporaryDir>
#include <algorithm>

#include "ui/documents/autosave.hpp"
#include "ui/documents/kept_store.hpp"
#include "ui/documents/recovery.hpp"
#include "ui/documents/source.hpp"
#include "ui/exports/run_copy.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"
#include "ui/window/document_files.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/message_strip.hpp"

namespace kappa::ui {
namespace {

constexpr int cascade = 28;  // pixels that a window stands aside of the one before
const auto kFirst = QStringLiteral("conditioning");
const auto kRecovery = QStringLiteral("recovery");

Issues applied(Session& session, const QStringList& sets) {
  for (const QString& one : sets) {
    const QString pointer = one.section(u'=', 0, 0), value = one.section(u'=', 1);
    if (!one.contains(u'='))
      return {
          {"--set", "\"" + one.toStdString() + "\" has no value", "write --set /json/pointer=VALUE", Trouble::input}};
    const auto text = set_in_json(write_document(session.document()), pointer.toStdString(), value.toStdString());
    if (const Issues* issues = issues_of(text)) return *issues;
    const auto next = parse_document(std::get<std::string>(text));
    if (const Issues* issues = issues_of(next)) return *issues;
    if (Issues issues = session.change(std::get<Document>(next), Windows::tr("set %1").arg(one)); !issues.empty())
      return issues;
  }
  return {};
}

QString titleOf(const Abandoned& left) {
  return left.origin().title.isEmpty() ? left.origin().name : left.origin().title;
}

/// "14:03" today, with the day before that.
QString timeOf(const QDateTime& when) {
  const QLocale locale;
  return when.date() == QDate::currentDate() ? locale.toString(when.time(), QStringLiteral("HH:mm"))
                                             : locale.toString(when, QLocale::ShortFormat);
}

}  // namespace

// The order is that of making; the session must be gone before its place is.
struct Windows::Desk {
  Desk(const QString& base, const QString& kept_base)
      : place(base),
        session(place.folder()),
        autosave(new Autosave(session, place.folder())),
        kept(new KeptStore(session, kept_base, place.folder())) {}
  void end() {
    autosave.reset();
    kept.reset();
    session.end();
  }
  RecoveryPlace place;
  Session session;
  std::unique_ptr<Autosave> autosave;
  std::unique_ptr<KeptStore> kept;
  MainWindow* window = nullptr;  // deletes itself; null once it is closed
};

Windows::Windows(AppTheme& theme, QSettings* settings, const QString& base)
    : theme_(theme), settings_(settings), base_(base) {
  if (base_.isEmpty()) {
    temporary_ = std::make_unique<QTemporaryDir>();
    base_ = temporary_->filePath(kRecovery);
  }
  kept_ = QFileInfo(base_).absolutePath() + QStringLiteral("/kept");
}

Windows::~Windows() { finish(0); }

Issues Windows::open(const QString& what, const QStringList& sets) {
  const auto read = readSource(what.isEmpty() ? kFirst : what);
  if (const Issues* issues = issues_of(read)) return *issues;
  sweep();
  auto desk = std::make_unique<Desk>(base_, kept_);
  const auto& source = std::get<Source>(read);
  desk->session.openDocument(source.document, source.name,
                             source.path);  // its kept results come when there is a window
  if (Issues issues = applied(desk->session, sets); !issues.empty()) return issues;
  MainWindow* before = newest();
  desk->window = new MainWindow(desk->session, theme_, settings_);
  connectDesk(*desk);
  if (!what.isEmpty()) desk->window->showSetup();
  if (before && !before->isMaximized() && !before->isFullScreen()) {
    desk->window->resize(before->size());
    desk->window->move(before->pos() + QPoint(cascade, cascade));
  }
  desks_.push_back(std::move(desk));
  newest()->show();
  return {};
}

void Windows::connectDesk(Desk& desk) {
  MainWindow* window = desk.window;
  window->setAttribute(Qt::WA_DeleteOnClose);
  connect(window, &QObject::destroyed, this, [this, own = &desk] { closed(own); });
  connect(desk.kept.get(), &KeptStore::noticed, &window->message(), &MessageStrip::add);
  connect(desk.kept.get(), &KeptStore::noticeGone, &window->message(), &MessageStrip::takeBack);
  connect(&window->files(), &DocumentFiles::windowAsked, this, [this, window](const QString& what) {
    if (const Issues issues = open(what); !issues.empty()) window->message().tell(wording::sentences(issues));
  });
}

void Windows::closed(Desk* desk) {
  desk->window = nullptr;
  desk->end();
  forgetDocument(desk->place.folder());
  sweep();
}

/// Sessions whose workers have ended go.
void Windows::sweep() {
  std::erase_if(desks_, [](const auto& desk) { return !desk->window && desk->session.waitEnded(0); });
}

bool Windows::finish(int milliseconds) {
  QElapsedTimer clock;
  clock.start();
  for (const auto& desk : desks_) {
    if (!desk->window) continue;
    disconnect(desk->window, &QObject::destroyed, this, nullptr);
    delete std::exchange(desk->window, nullptr);
    desk->end();
  }
  bool ended = true;
  for (const auto& desk : desks_)
    ended = desk->session.waitEnded(std::max(0, milliseconds - static_cast<int>(clock.elapsed()))) && ended;
  desks_.clear();
  temporary_.reset();
  return ended;
}

MainWindow* Windows::newest() const {
  for (auto desk = desks_.rbegin(); desk != desks_.rend(); ++desk)
    if ((*desk)->window) return (*desk)->window;
  return nullptr;
}

Windows::Desk* Windows::deskOf(const MainWindow* window) const {
  const auto found = std::find_if(desks_.begin(), desks_.end(), [&](const auto& d) { return d->window == window; });
  return found == desks_.end() ? nullptr : found->get();
}

Session* Windows::sessionOf(const MainWindow* window) const {
  Desk* desk = window ? deskOf(window) : nullptr;
  return desk ? &desk->session : nullptr;
}

int Windows::count() const {
  return static_cast<int>(std::count_if(desks_.begin(), desks_.end(), [](const auto& d) { return d->window; }));
}

void Windows::offerRecovered() {
  MainWindow* window = newest();
  if (!window) return;
  auto all = abandonedIn(base_);
  std::reverse(all.begin(), all.end());  // the newest ends on top
  for (const auto& left : all) left->hasDocument() ? offer(*window, left) : offerResults(*window, left);
}

void Windows::offer(MainWindow& window, const std::shared_ptr<Abandoned>& left) {
  const QString told = left->origin().edited ? tr("Recovered: %1 (edited %2)") : tr("Recovered: %1 (run %2)");
  Notice notice{kRecovery, told.arg(titleOf(*left), timeOf(left->when())), false};
  notice.choices.emplace_back(tr("Open"), [this, &window, left] { recover(window, left); });
  notice.choices.emplace_back(tr("Discard"), [left] { left->discard(); });
  window.message().add(std::move(notice));
}

/// In the window itself when nothing there is unsaved, otherwise in a new one.
void Windows::recover(MainWindow& window, const std::shared_ptr<Abandoned>& left) {
  const auto read = left->document();
  if (const Issues* issues = issues_of(read))
    return window.message().tell(tr("%1 was not recovered.").arg(titleOf(*left)) + u'\n' + wording::sentences(*issues));
  Desk* desk = deskOf(&window);
  if (!desk || desk->session.edited()) {
    if (const Issues issues = open(kFirst); !issues.empty()) return;
    desk = desks_.back().get();
  }
  const Origin& origin = left->origin();
  desk->session.openUnsaved(std::get<Document>(read), origin.name,
                            QFileInfo::exists(origin.path) ? origin.path : QString());
  desk->window->showSetup();
  desk->kept->adopt(KeptStore::folderOfUnsaved(left->folder()));
  desk->autosave->keep();  // it is kept here before it is forgotten there
  left->forgetDocument();
  left->results().isEmpty() ? left->discard() : offerResults(*desk->window, left);
}

void Windows::offerResults(MainWindow& window, const std::shared_ptr<Abandoned>& left) {
  Notice notice{kRecovery, tr("Results of the run of %1 are kept (%2).").arg(titleOf(*left), timeOf(left->when())),
                false};
  notice.choices.emplace_back(tr("Save results…"), [this, &window, left] {
    const QString folder = QFileDialog::getSaveFileName(&window, tr("Folder for the results"),
                                                        left->origin().name + QStringLiteral("-results"), {}, nullptr,
                                                        QFileDialog::ShowDirsOnly | QFileDialog::DontConfirmOverwrite);
    if (folder.isEmpty()) return offerResults(window, left);
    saveResults(window, left, folder);
  });
  notice.choices.emplace_back(tr("Discard"), [left] { left->discard(); });
  window.message().add(std::move(notice));
}

/// Beside the window; they stay where they are until they are whole elsewhere.
void Windows::saveResults(MainWindow& window, const std::shared_ptr<Abandoned>& left, const QString& folder) {
  Desk* desk = deskOf(&window);
  if (!desk) return;
  auto* work = new FileWork(desk->session, &window);
  connect(work, &FileWork::ended, &window, [this, &window, left, work](const WorkEnd& end) {
    work->deleteLater();
    window.message().takeBack(kRecovery);
    window.message().tell(end.how == WorkEnd::How::failed ? end.sentence : QString());
    if (end.how != WorkEnd::How::written) return offerResults(window, left);
    left->discard();
    window.message().add({kRecovery, end.sentence, false});
  });
  window.message().add({kRecovery,
                        tr("Writing %1…").arg(QFileInfo(folder).fileName()),
                        false,
                        {{tr("Cancel"), [work = QPointer<FileWork>(work)] {
                            if (work) work->cancel();
                          }}}});
  work->start([from = left->results(), folder](const Progress& progress) {
    std::string stem;
    const auto document = open_experiment((from + QStringLiteral("/experiment.kappa.json")).toStdString(), stem);
    if (const Issues* issues = issues_of(document)) return WorkEnd{WorkEnd::How::failed, wording::sentences(*issues)};
    return copyRun(from, folder, std::get<Document>(document), progress);
  });
}

}  // namespace kappa::ui
