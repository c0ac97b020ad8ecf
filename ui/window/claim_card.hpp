/// One claim: its sentence, what was expected, what was measured, and a tick, a cross or a question mark.
#pragma once

#include <QFrame>

#include "core/lab.hpp"

class QLabel;

namespace kappa::ui {

class AppTheme;

class ClaimCard : public QFrame {
  Q_OBJECT

 public:
  ClaimCard(const AppTheme& theme, QWidget* parent = nullptr);

  /// Not judged yet.
  void setAwaited(const QString& sentence, const QString& paper);
  void setResult(const ClaimResult& result);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  enum class Verdict : std::uint8_t { awaited, holds, fails, unknown };

  const AppTheme& theme_;
  Verdict verdict_ = Verdict::awaited;
  QLabel *sentence_, *expected_, *measured_;
};

}  // namespace kappa::ui
