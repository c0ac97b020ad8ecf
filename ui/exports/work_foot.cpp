/// Shows work only when there is time to see it, and keeps every place, so that nothing moves when it begins or ends.
#include "ui/exports/work_foot.hpp"

#include <QDialog>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QStyle>
#include <QTimer>

#include "ui/exports/export_choice.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

constexpr int blink = 200;                         // milliseconds
constexpr int frame_across = 16, frame_down = 44;  // what a desktop puts around a window

}  // namespace

WorkFoot::WorkFoot(Session& session, QDialog* dialog)
    : QWidget(dialog),
      work_(session),
      message_(new QLabel),
      progress_(new QProgressBar),
      buttons_(new QHBoxLayout),
      close_(new QPushButton(tr("Close"))),
      write_(new QPushButton(tr("&Export…"))) {
  message_->setWordWrap(true);
  message_->setTextFormat(Qt::PlainText);
  message_->setMinimumHeight(48);
  message_->setAlignment(Qt::AlignLeft | Qt::AlignBottom);
  message_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  message_->setAccessibleName(tr("Result"));
  progress_->setTextVisible(false);
  progress_->setAccessibleName(tr("Progress"));
  QSizePolicy policy = progress_->sizePolicy();
  policy.setRetainSizeWhenHidden(true);
  progress_->setSizePolicy(policy);
  progress_->hide();
  write_->setProperty("role", "primary");
  write_->setDefault(true);
  buttons_->setSpacing(8);
  buttons_->addWidget(close_);
  buttons_->addStretch(1);
  buttons_->addWidget(write_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(message_);
  column->addWidget(progress_);
  column->addLayout(buttons_);
  connect(close_, &QPushButton::clicked, dialog, [this, dialog] { busy() ? work_.cancel() : dialog->reject(); });
  connect(dialog, &QDialog::finished, &work_, &FileWork::cancel);
  connect(&work_, &FileWork::progressed, this, [this](int done, int of) {
    progress_->setRange(0, of);
    progress_->setValue(done);
  });
  connect(&work_, &FileWork::ended, this, [this](const WorkEnd& end) {
    showBusy();
    tell(end.sentence, end.how != WorkEnd::How::failed);
    emit ended(end);
  });
}

void WorkFoot::addButton(QPushButton* button) { buttons_->insertWidget(buttons_->count() - 1, button); }

void WorkFoot::start(const QString& sentence, FileWork::Work work) {
  tell(sentence);
  progress_->setRange(0, 0);
  progress_->setValue(0);
  work_.start(std::move(work));
  QTimer::singleShot(blink, this, &WorkFoot::showBusy);
}

void WorkFoot::showBusy() {
  if (progress_->isHidden() != busy()) return;
  progress_->setVisible(busy());
  close_->setText(busy() ? tr("Cancel") : tr("Close"));
  emit busyShown(busy());
}

QString WorkFoot::message() const { return message_->text(); }

void WorkFoot::tell(const QString& sentence, bool good) {
  message_->setText(sentence);
  message_->setProperty("role", good ? "good" : "bad");
  message_->style()->unpolish(message_);
  message_->style()->polish(message_);
  message_->setAccessibleDescription(sentence);
}

QString folderToBegin(const Session& session, const QString& last) {
  if (!last.isEmpty() && QFileInfo(last).isDir()) return last;
  return session.path().isEmpty() ? QDir::currentPath() : QFileInfo(session.path()).absolutePath();
}

void resizeWithin(QDialog& dialog, const QSize& wanted) {
  const QWidget* beside = dialog.parentWidget() ? dialog.parentWidget() : &dialog;
  dialog.resize(wanted.boundedTo(beside->screen()->availableSize() - QSize(frame_across, frame_down)));
}

ChoiceField* dialogChoice(const QString& name) {
  auto* field = new ChoiceField;
  field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  field->setAccessibleName(name);
  return field;
}

ChoiceField* lookChoice() {
  ChoiceField* field = dialogChoice(WorkFoot::tr("Colours"));
  QList<ChoiceItem> looks;
  for (int i = 0; i < 4; ++i) looks << ChoiceItem{QString::number(i), nameOf(static_cast<ExportLook>(i))};
  field->setChoices(looks);
  return field;
}

namespace {

/// As wide as its controls need in the type of the theme, and not narrower while they change.
class DialogSide : public QWidget {
 protected:
  bool event(QEvent* event) override {
    const bool done = QWidget::event(event);
    const QEvent::Type type = event->type();
    const bool other_type = type == QEvent::FontChange || type == QEvent::StyleChange;
    if (layout() && (other_type || type == QEvent::LayoutRequest || type == QEvent::Polish)) {
      const int wanted = std::max(330, layout()->minimumSize().width());
      if (other_type || wanted > minimumWidth()) setFixedWidth(wanted);
    }
    return done;
  }
};

}  // namespace

QWidget* dialogSide(QWidget* controls, WorkFoot* foot) {
  auto* side = new DialogSide;
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(controls);
  column->addStretch(1);
  column->addWidget(foot);
  side->setFixedWidth(std::max(330, column->minimumSize().width()));
  return side;
}

}  // namespace kappa::ui
