/// One answer to choose among others: a ring and words that wrap.
#pragma once

#include <QAbstractButton>

namespace kappa::ui {

class AppTheme;

class ChoiceButton : public QAbstractButton {
  Q_OBJECT

 public:
  ChoiceButton(const AppTheme& theme, const QString& text, QWidget* parent = nullptr);

  /// Whether it is what the run has shown, or what was predicted in vain.
  enum class Verdict : std::uint8_t { open, right, wrong };
  void setVerdict(Verdict verdict);
  Verdict verdict() const { return verdict_; }

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  int ring() const;

  const AppTheme& theme_;
  Verdict verdict_ = Verdict::open;
};

}  // namespace kappa::ui
