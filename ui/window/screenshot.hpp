/// Takes a picture of the whole window once the runs have made their steps, and ends the program.
#pragma once

#include <QObject>
#include <optional>

class QWidget;

namespace kappa::ui {

class Session;

class Screenshot : public QObject {
  Q_OBJECT

 public:
  /// `steps`: how many each run makes before the picture; nothing: all.
  Screenshot(Session& session, QWidget& window, const QString& path, std::optional<std::uint64_t> steps);

 private:
  void look();

  Session& session_;
  QWidget& window_;
  QString path_;
  std::optional<std::uint64_t> steps_;
  bool begun_ = false;
};

}  // namespace kappa::ui
