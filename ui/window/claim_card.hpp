/// One claim on a few lines: a mark, its sentence, what was expected and what was measured.
#pragma once

#include <QAbstractButton>

#include "core/lab.hpp"

namespace kappa::ui {

class AppTheme;

/// A click unfolds how it was measured, and the paper.
class ClaimCard : public QAbstractButton {
  Q_OBJECT

 public:
  explicit ClaimCard(const AppTheme& theme, QWidget* parent = nullptr);

  /// Not judged yet.
  void setAwaited(const QString& sentence, const QString& paper);
  void setResult(const ClaimResult& result);
  QString expected() const { return expected_.told; }
  QString measured() const { return measured_.told; }
  QString shown() const;  ///< every word on the card as it stands

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  enum class Verdict : std::uint8_t { awaited, holds, fails, unknown };
  using Facts = QList<std::pair<QString, QString>>;  ///< lines, each with a left and a right part
  struct Lines {
    QStringList sentence;
    Facts facts;
    QStringList more;
  };
  Lines linesIn(int width) const;
  /// What was expected or measured: with its word, and bare for where there is little room.
  struct Fact {
    QString told, bare;
  };
  void setWords(const QString& sentence, const Fact& expected, const Fact& measured, const QStringList& more);
  Facts factsIn(int room) const;
  QFont small() const;
  QFont strong() const;
  void paintMark(QPainter& painter, const QPointF& middle) const;

  const AppTheme& theme_;
  Verdict verdict_ = Verdict::awaited;
  Fact expected_, measured_;
  QStringList more_;  ///< statistic, why, paper
};

}  // namespace kappa::ui
