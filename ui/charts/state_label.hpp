/// The state right of a chart's title; it shortens from the least important end, and a step's number is never cut.
#pragma once

#include <QLabel>
#include <QStringList>

namespace kappa::ui {

class StateLabel : public QLabel {
  Q_OBJECT

 public:
  explicit StateLabel(QWidget* parent = nullptr);

  /// What is shown, and what may be done here.
  void setState(const QString& state, const QString& hint);
  /// What there is room for.
  QString shown() const;

  QSize sizeHint() const override;  ///< the least it needs: the title goes first, and then it has the rest
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QStringList forms_ = {QString()};  ///< from the longest to the shortest
  bool number_ = false;              ///< the shortest is a step's number
};

}  // namespace kappa::ui
