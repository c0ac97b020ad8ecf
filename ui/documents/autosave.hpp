/// Keeps what would be lost of a session in its recovery place, at most two seconds behind.
#pragma once

#include <QBasicTimer>
#include <QObject>

#include "ui/documents/recovery.hpp"

namespace kappa::ui {

class Session;

class Autosave : public QObject {
  Q_OBJECT

 public:
  Autosave(Session& session, const QString& folder, QObject* parent = nullptr);

  /// At once: the document with its events when it is edited, has run for long or has results kept here, otherwise
  /// nothing is kept.
  void keep();

 protected:
  void timerEvent(QTimerEvent* event) override;

 private:
  void later();

  Session& session_;
  const QString folder_;
  QBasicTimer timer_;  // the session's own sleeps while a document is written
  std::string kept_;
  Origin origin_;
};

}  // namespace kappa::ui
