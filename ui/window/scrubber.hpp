/// A slider over all recorded steps: what is recorded is filled, the handle is at the step that is looked at.
#pragma once

#include <QAbstractSlider>
#include <optional>

namespace kappa::ui {

class AppTheme;

class Scrubber : public QAbstractSlider {
  Q_OBJECT

 public:
  explicit Scrubber(const AppTheme& theme, QWidget* parent = nullptr);

  void setSteps(std::uint64_t recorded, std::uint64_t total);
  /// Only how far a study has come, which cannot be scrubbed.
  void setProgress(double fraction);
  /// Nothing: the newest step.
  void setAt(std::optional<std::uint64_t> step);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

 signals:
  void scrubbed(std::optional<std::uint64_t> step);  ///< by the user; nothing: back to the newest

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  double pixelOf(double step) const;
  void follow(double x);
  void take(std::int64_t step);
  std::uint64_t shown() const { return at_.value_or(recorded_); }

  const AppTheme& theme_;
  std::uint64_t recorded_ = 0, total_ = 0;
  std::optional<std::uint64_t> at_;
};

}  // namespace kappa::ui
