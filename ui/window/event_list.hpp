/// What was done while the runs went on, one line each; a line that is taken away is not done again.
#pragma once

#include <QWidget>
#include <optional>

class QVBoxLayout;

namespace kappa::ui {

class Session;

class EventList : public QWidget {
  Q_OBJECT

 public:
  explicit EventList(Session& session, QWidget* parent = nullptr);

 private:
  void showDocument();
  QWidget* makeLine(std::size_t index);
  void forget(std::optional<std::size_t> index);

  Session& session_;
  QVBoxLayout* column_;
  QWidget* lines_ = nullptr;
  QStringList shown_;
};

}  // namespace kappa::ui
