/// Says what a run's folder holds, asks where it goes, and follows the copying.
#include "ui/exports/run_dialog.hpp"

#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/exports/run_copy.hpp"
#include "ui/exports/work_foot.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

const auto kRunFolder = QStringLiteral("export/folder");
constexpr int narrowest_run_dialog = 440;

}  // namespace

RunDialog::RunDialog(Session& session, QSettings* settings, QWidget* parent)
    : QDialog(parent),
      session_(session),
      settings_(settings),
      about_(new QLabel(tr("A folder with all results of the finished run, as kappascope-cli writes them: the "
                           "experiment, tables of everything recorded, claims and pictures."))),
      size_(new QLabel),
      foot_(new WorkFoot(session, this)) {
  setWindowTitle(tr("Export the whole run"));
  about_->setWordWrap(true);
  size_->setProperty("role", "small");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(8);
  column->addWidget(about_);
  column->addWidget(size_);
  column->addStretch(1);
  column->addWidget(foot_);
  setMinimumWidth(narrowest_run_dialog);
  connect(foot_->writeButton(), &QPushButton::clicked, this, &RunDialog::askWhere);
  connect(foot_, &WorkFoot::busyShown, this, &RunDialog::follow);
  connect(foot_, &WorkFoot::ended, this, &RunDialog::follow);
  connect(foot_, &WorkFoot::ended, this, &RunDialog::ended);
  for (const auto signal : {&Session::refreshed, &Session::runnerReplaced})
    connect(&session, signal, this, [this] {
      if (isVisible()) follow();
    });
}

void RunDialog::present() {
  if (!busy()) foot_->tell({});
  follow();
  show();
  raise();
  activateWindow();
  foot_->writeButton()->setFocus();
}

/// What there is to write now; a run that goes on has nothing yet.
void RunDialog::follow() {
  const bool ended = session_.state() == RunState::finished;
  if (ended != foot_->writeButton()->isEnabled() || !isVisible()) {
    const FilesSize size = ended ? sizeOf(session_.resultsFolder()) : FilesSize{};
    const auto bytes = QLocale::c().formattedDataSize(static_cast<qint64>(size.bytes), 1, QLocale::DataSizeSIFormat);
    size_->setText(ended ? tr("Files: %1, together %2").arg(size.files).arg(bytes)
                         : tr("The run has not ended yet: there is nothing whole to write."));
  }
  foot_->writeButton()->setEnabled(ended && !busy());
}

void RunDialog::askWhere() {
  auto* chooser = new QFileDialog(this, tr("New folder for the whole run"));
  chooser->setAttribute(Qt::WA_DeleteOnClose);
  chooser->setAcceptMode(QFileDialog::AcceptSave);
  chooser->setOption(QFileDialog::ShowDirsOnly);
  chooser->setOption(QFileDialog::DontConfirmOverwrite);  // a folder that holds anything else is refused
  chooser->setDirectory(folderToBegin(session_, settings_ ? settings_->value(kRunFolder).toString() : QString()));
  chooser->selectFile(session_.name() + tr("-results"));
  connect(chooser, &QFileDialog::fileSelected, this, &RunDialog::writeTo);
  chooser->open();
}

void RunDialog::writeTo(const QString& folder) {
  auto run = session_.finishedRun();
  if (busy() || !run) return;
  if (settings_) settings_->setValue(kRunFolder, QFileInfo(folder).absolutePath());
  foot_->start(tr("Writing the run…"), [run = std::move(*run), folder](const Progress& progress) {
    return copyRun(run.folder->path(), folder, run.document, progress);
  });
  follow();
}

bool RunDialog::busy() const { return foot_->busy(); }
QString RunDialog::message() const { return foot_->message(); }

}  // namespace kappa::ui
