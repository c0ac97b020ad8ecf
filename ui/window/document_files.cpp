/// Dialogs around the session's own opening and saving.
#include "ui/window/document_files.hpp"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>

#include "ui/forms/wording.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

constexpr int most_recent = 10;
const auto kRecent = QStringLiteral("recent");
const auto kEnding = QStringLiteral(".kappa.json");

}  // namespace

DocumentFiles::DocumentFiles(Session& session, QSettings* settings, QWidget* window)
    : QObject(window),
      session_(session),
      settings_(settings),
      window_(window),
      recent_(new QMenu(tr("Open recent"), window)) {
  connect(recent_, &QMenu::aboutToShow, this, &DocumentFiles::fillRecent);
}

void DocumentFiles::askOpen() {
  const QString path = QFileDialog::getOpenFileName(
      window_, tr("Open an experiment"), QFileInfo(session_.path()).path(),
      tr("Experiments (*.kappa.json *.json);;Pictures with an experiment inside (*.png *.svg *.pdf *.tex)"));
  if (!path.isEmpty()) open(path);
}

bool DocumentFiles::open(const QString& file_or_name) {
  if (!mayLose()) return false;
  if (const Issues issues = session_.open(file_or_name); !issues.empty()) {
    emit troubled(tr("%1 was not opened.").arg(QFileInfo(file_or_name).fileName()) + u'\n' +
                  wording::sentences(issues));
    return false;
  }
  if (!session_.path().isEmpty()) remember(session_.path());
  emit troubled({});
  emit done();
  return true;
}

bool DocumentFiles::write(const QString& path) {
  if (const Issues issues = session_.save(path); !issues.empty()) {
    emit troubled(wording::sentences(issues));
    return false;
  }
  remember(path);
  return true;
}

bool DocumentFiles::save() { return session_.path().isEmpty() ? saveAs() : write(session_.path()); }

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

bool DocumentFiles::mayLose() {
  if (!session_.edited()) return true;
  const auto answer =
      QMessageBox::question(window_, tr("Unsaved changes"),
                            tr("Save the changes of “%1”?").arg(QString::fromStdString(session_.document().title)),
                            QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
  return answer == QMessageBox::Discard || (answer == QMessageBox::Save && save());
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

void DocumentFiles::exportRun() {
  const QString parent = QFileDialog::getSaveFileName(window_, tr("Folder for the whole run"),
                                                      session_.name() + QStringLiteral("-results"), {}, nullptr,
                                                      QFileDialog::ShowDirsOnly | QFileDialog::DontConfirmOverwrite);
  if (parent.isEmpty()) return;
  const Issues issues = session_.exportRun(parent);
  emit troubled(issues.empty() ? QString() : wording::sentences(issues));
}

}  // namespace kappa::ui
