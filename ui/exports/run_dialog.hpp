/// The dialog that writes a finished run as a folder: what will be in it, how far it is, and cancel.
#pragma once

#include <QDialog>

#include "ui/exports/file_work.hpp"

class QLabel;
class QSettings;

namespace kappa::ui {

class Session;
class WorkFoot;

/// Stays open beside the window, which goes on meanwhile: what is copied is the run that was there when it began.
class RunDialog : public QDialog {
  Q_OBJECT

 public:
  RunDialog(Session& session, QSettings* settings, QWidget* parent);

  void present();
  bool busy() const;
  QString message() const;
  void writeTo(const QString& folder);  ///< begins it; its end is told in the message

 signals:
  void ended(const kappa::ui::WorkEnd& end);

 private:
  void askWhere();
  void follow();

  Session& session_;
  QSettings* settings_;
  QLabel *about_, *size_;
  WorkFoot* foot_;
};

}  // namespace kappa::ui
