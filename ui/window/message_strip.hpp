/// Lines above the charts that say what went wrong or ask what to do, each until it is put away; never in the way.
#pragma once

#include <QFrame>
#include <functional>
#include <utility>
#include <vector>

class QToolButton;
class QVBoxLayout;

namespace kappa::ui {

/// One thing to know or to decide. The same of the same source again, but for numbers, is counted.
struct Notice {
  QString source;
  QString text;
  bool problem = true;
  std::vector<std::pair<QString, std::function<void()>>> choices = {};  ///< choosing one puts the notice away
};

class MessageStrip : public QFrame {
  Q_OBJECT

 public:
  explicit MessageStrip(QWidget* parent = nullptr);

  void add(Notice notice);  ///< on top
  void takeBack(const QString& source);
  /// What the window itself has to say; an empty sentence takes it back.
  void tell(const QString& sentence);
  /// Trouble of a run. Taken back only when a run has gone well since, so that restarting does not blink.
  void tellRun(const QString& sentence);
  void runWentWell();

  QString text() const;  ///< of the newest
  int count() const { return static_cast<int>(rows_.size()); }

 protected:
  void mousePressEvent(QMouseEvent* event) override;

 private:
  class Row;
  void remove(Row* row);
  void arrange();

  QVBoxLayout* column_;
  std::vector<Row*> rows_;  // newest first
  QToolButton* more_;
  bool run_doubtful_ = false;
};

}  // namespace kappa::ui
