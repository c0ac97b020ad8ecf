/// The foot of a dialog that writes files: what has come of it, how far it is, and the buttons.
#pragma once

#include <QWidget>

#include "ui/exports/file_work.hpp"

class QDialog;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace kappa::ui {

class ChoiceField;

/// Its dialog's end, however it comes, cancels the work.
class WorkFoot : public QWidget {
  Q_OBJECT

 public:
  WorkFoot(Session& session, QDialog* dialog);

  QPushButton* writeButton() const { return write_; }
  void addButton(QPushButton* button);  ///< before the one that writes

  void start(const QString& sentence, FileWork::Work work);
  bool busy() const { return work_.busy(); }
  QString message() const;
  void tell(const QString& sentence, bool good = true);

 signals:
  /// Work that is over in a blink never gets so far.
  void busyShown(bool busy);
  void ended(const kappa::ui::WorkEnd& end);

 private:
  void showBusy();

  FileWork work_;
  QLabel* message_;
  QProgressBar* progress_;
  QHBoxLayout* buttons_;
  QPushButton *close_, *write_;
};

/// Fields as such dialogs have them.
ChoiceField* dialogChoice(const QString& name);
ChoiceField* lookChoice();  ///< of `ExportLook`, in order
/// Where a dialog for files begins: in the folder chosen last, else beside the experiment, else where one is.
QString folderToBegin(const Session& session, const QString& last);
/// As large as wanted, where the screen has the room.
void resizeWithin(QDialog& dialog, const QSize& wanted);
/// The column of controls at a dialog's left, with its foot below.
QWidget* dialogSide(QWidget* controls, WorkFoot* foot);

}  // namespace kappa::ui
