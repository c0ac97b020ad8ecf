/// Dialogs and the clipboard around the session's own opening and saving.
#include "ui/window/document_files.hpp"

#include <QApplication>
#include <QClipboard>
#include <QCryptographicHash>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QToolTip>

#include "ui/documents/command_line.hpp"
#include "ui/documents/share_string.hpp"
#include "ui/documents/source.hpp"
#include "ui/forms/wording.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"
#include "ui/window/message_strip.hpp"

namespace kappa::ui {
namespace {

constexpr int most_recent = 10;
constexpr int copied_shows = 2500;  // milliseconds
const auto kRecent = QStringLiteral("recent");
const auto kEnding = QStringLiteral(".kappa.json");
const auto kDisk = QStringLiteral("disk");

QByteArray hashOf(const QString& path) {
  QFile file(path);
  QCryptographicHash hash(QCryptographicHash::Sha256);
  return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

/// A file by its name, anything pasted by what it is.
QString nameOf(const QString& what) {
  if (isShareString(what)) return DocumentFiles::tr("The share string");
  return what.startsWith(u'{') ? DocumentFiles::tr("The text") : QFileInfo(what).fileName();
}

}  // namespace

DocumentFiles::DocumentFiles(Session& session, QSettings* settings, QWidget* window)
    : QObject(window),
      session_(session),
      settings_(settings),
      window_(window),
      recent_(new QMenu(tr("Open recent"), window)) {
  recent_->setToolTipsVisible(true);
  connect(recent_, &QMenu::aboutToShow, this, &DocumentFiles::fillRecent);
  connect(&session, &Session::opened, this, &DocumentFiles::follow);
  window->installEventFilter(this);
  follow();
}

void DocumentFiles::follow() {
  disk_ = session_.path().isEmpty() ? QByteArray() : hashOf(session_.path());
  told_ = false;
  if (!session_.path().isEmpty()) remember(session_.path());
  emit noticeGone(kDisk);
}

QString DocumentFiles::askFile(const QString& title) {
  return QFileDialog::getOpenFileName(
      window_, title, QFileInfo(session_.path()).path(),
      tr("Experiments (*.kappa.json *.json);;"
         "Exports with an experiment inside (*.png *.svg *.pdf *.tex *.csv *.gif *.html);;"
         "All files (*)"));
}

void DocumentFiles::askOpen() {
  if (const QString path = askFile(tr("Open an experiment")); !path.isEmpty()) open(path);
}

void DocumentFiles::askOpenInWindow() {
  if (const QString path = askFile(tr("Open in a new window")); !path.isEmpty()) emit windowAsked(path);
}

bool DocumentFiles::open(const QString& what) {
  const auto read = readSource(what);  // before the question: nothing is given up for what cannot be had
  if (const Issues* issues = issues_of(read)) {
    emit troubled(tr("%1 was not opened.").arg(nameOf(what)) + u'\n' + wording::sentences(*issues));
    return false;
  }
  if (!mayLose()) return false;
  const auto& source = std::get<Source>(read);
  session_.openDocument(source.document, source.name, source.path);
  emit troubled({});
  emit done();
  return true;
}

void DocumentFiles::openAll(const QStringList& all) {
  if (!all.isEmpty()) open(all.front());
  for (const QString& one : all.mid(1)) emit windowAsked(one);
}

bool DocumentFiles::changedOnDisk() const {
  if (session_.path().isEmpty() || !QFileInfo::exists(session_.path())) return false;
  return hashOf(session_.path()) != disk_;
}

/// True when the file is as it was, or may be replaced all the same.
bool DocumentFiles::mayReplace() {
  if (!changedOnDisk()) return true;
  QMessageBox box(QMessageBox::Question, tr("Changed on disk"),
                  tr("%1 was changed by another program since it was opened here. Replace it?")
                      .arg(QFileInfo(session_.path()).fileName()),
                  QMessageBox::Cancel, window_);
  QPushButton* replace = box.addButton(tr("Replace"), QMessageBox::DestructiveRole);
  QPushButton* other = box.addButton(tr("Save as…"), QMessageBox::AcceptRole);
  box.setDefaultButton(other);
  box.exec();
  if (box.clickedButton() == other) saveAs();
  return box.clickedButton() == replace;
}

/// Told once, when the window comes to the front.
void DocumentFiles::lookAtDisk() {
  if (told_ || !changedOnDisk()) return;
  told_ = true;
  const QString path = session_.path();
  emit noticed({kDisk,
                tr("%1 was changed by another program.").arg(QFileInfo(path).fileName()),
                false,
                {{tr("Open it again"), [this, path] { open(path); }}}});
}

bool DocumentFiles::eventFilter(QObject* watched, QEvent* event) {
  if (watched == window_ && event->type() == QEvent::WindowActivate) lookAtDisk();
  return QObject::eventFilter(watched, event);
}

bool DocumentFiles::write(const QString& path) {
  if (const Issues issues = session_.save(path); !issues.empty()) {
    emit troubled(tr("The experiment was not saved.") + u'\n' + wording::sentences(issues));
    return false;
  }
  follow();
  emit troubled({});
  return true;
}

bool DocumentFiles::save() {
  if (session_.path().isEmpty()) return saveAs();
  const QString path = session_.path();
  if (mayReplace()) return write(path);
  return !session_.edited();  // saved elsewhere
}

bool DocumentFiles::saveAs() {
  const QString suggested = session_.path().isEmpty() ? session_.name() + kEnding : session_.path();
  QString path =
      QFileDialog::getSaveFileName(window_, tr("Save the experiment"), suggested, tr("Experiments (*.kappa.json)"));
  if (path.isEmpty()) return false;
  if (!path.endsWith(QStringLiteral(".json"))) path += kEnding;
  return write(path);
}

void DocumentFiles::startFresh() {
  if (!mayLose()) return;
  session_.openDocument(freshDocument(), tr("untitled"));
  emit done();
}

void DocumentFiles::startStudy(const std::string& id) {
  const Entry* entry = Catalog::get().find(Kind::study, id);
  if (!entry || !mayLose()) return;
  session_.openDocument(freshStudy(*entry), QString::fromStdString(id));
  emit done();
}

/// An example that was only looked at differently is not worth a question.
bool DocumentFiles::mayLose() {
  if (!session_.edited()) return true;
  if (const Document* opened = session_.path().isEmpty() ? session_.asOpened() : nullptr) {
    Document now = session_.document();
    now.view = opened->view;
    if (write_document(now) == write_document(*opened)) return true;
  }
  const auto answer =
      QMessageBox::question(window_, tr("Unsaved changes"),
                            tr("Save the changes of “%1”?").arg(QString::fromStdString(session_.document().title)),
                            QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
  return answer == QMessageBox::Discard || (answer == QMessageBox::Save && save());
}

void DocumentFiles::copy(const QString& text, const QString& what) {
  QApplication::clipboard()->setText(text);
  const QPoint corner = window_->mapToGlobal(QPoint(window_->width() - 240, 48));
  QToolTip::showText(corner, what, window_, {}, copied_shows);
}

void DocumentFiles::copyShareString() {
  const QString text = shareString(session_.recorded());
  copy(text, tr("Copied: a share string of %1 characters").arg(text.size()));
}

void DocumentFiles::copyCommandLine() {
  copy(commandLine(session_.recorded(), session_.name(), session_.path()), tr("Copied: the command that runs this"));
}

void DocumentFiles::paste() {
  const QMimeData* data = QApplication::clipboard()->mimeData();
  const QStringList all = data ? sourcesIn(*data) : QStringList();
  if (all.isEmpty())
    return emit troubled(
        tr("There is no experiment in the clipboard: neither a share string nor a document or its file."));
  openAll(all);
}

void DocumentFiles::remember(const QString& path) {
  if (!settings_) return;
  QStringList files = settings_->value(kRecent).toStringList();
  const QString full = QFileInfo(path).absoluteFilePath();
  files.removeAll(full);
  files.prepend(full);
  settings_->setValue(kRecent, QStringList(files.mid(0, most_recent)));
}

void DocumentFiles::fillRecent() {
  recent_->clear();
  const QStringList files = settings_ ? settings_->value(kRecent).toStringList() : QStringList();
  for (const QString& file : files)
    if (QFileInfo::exists(file))
      recent_->addAction(QFileInfo(file).fileName(), this, [this, file] { open(file); })->setToolTip(file);
  if (recent_->isEmpty()) recent_->addAction(tr("No files yet"))->setEnabled(false);
}

}  // namespace kappa::ui
