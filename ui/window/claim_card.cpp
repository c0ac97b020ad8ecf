/// Paints the verdict beside its sentence; the shape says it as well as the colour.
#include "ui/window/claim_card.hpp"

#include <QLabel>
#include <QPainter>
#include <QRegularExpression>
#include <QVBoxLayout>

#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

QLabel* smallLabel(const char* role) {
  auto* label = new QLabel;
  label->setProperty("role", role);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  return label;
}

/// "0.9791980198019802 to 0.9811980198019802" in four digits each.
QString shortened(QString text) {
  static const QRegularExpression longNumber(QStringLiteral("\\d*\\.\\d{5,}(e[-+]?\\d+)?"));
  for (auto match = longNumber.match(text); match.hasMatch();
       match = longNumber.match(text, match.capturedStart() + 1)) {
    const QString four = QString::number(match.captured().toDouble(), 'g', 4);
    if (four.size() < match.capturedLength()) text.replace(match.capturedStart(), match.capturedLength(), four);
  }
  return text;
}

}  // namespace

ClaimCard::ClaimCard(const AppTheme& theme, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      sentence_(smallLabel("plainText")),
      expected_(smallLabel("small")),
      measured_(smallLabel("small")) {
  setProperty("role", "chip");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(28, 7, 10, 8);
  column->setSpacing(3);
  column->addWidget(sentence_);
  column->addWidget(expected_);
  column->addWidget(measured_);
  connect(&theme, &AppTheme::changed, this, [this] { update(); });
}

void ClaimCard::setAwaited(const QString& sentence, const QString& paper) {
  verdict_ = Verdict::awaited;
  sentence_->setText(sentence);
  expected_->setText(tr("judged when the run ends"));
  measured_->hide();
  setToolTip(paper);
  setAccessibleName(sentence);
  setAccessibleDescription(tr("not judged yet"));
  update();
}

void ClaimCard::setResult(const ClaimResult& result) {
  verdict_ = !result.holds ? Verdict::unknown : *result.holds ? Verdict::holds : Verdict::fails;
  const QString claim = QString::fromStdString(result.claim), statistic = QString::fromStdString(result.statistic);
  sentence_->setText(claim.isEmpty() ? statistic : claim);
  const bool known = result.holds.has_value();
  expected_->setText(known ? tr("expected %1").arg(shortened(QString::fromStdString(result.expected)))
                           : QString::fromStdString(result.why));
  measured_->setText(tr("measured %1").arg(QString::fromStdString(format_value(result.measured))));
  measured_->setVisible(known);
  QStringList more{statistic, QString::fromStdString(result.paper)};
  more.removeAll(QString());
  setToolTip(more.join(u'\n'));
  setAccessibleName(sentence_->text());
  const QString word = !known ? tr("unknown") : *result.holds ? tr("holds") : tr("fails");
  setAccessibleDescription(
      QStringList{word, expected_->text(), known ? measured_->text() : QString()}.join(QStringLiteral(", ")));
  update();
}

void ClaimCard::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const QPointF middle(14, sentence_->y() + 0.5 * sentence_->fontMetrics().height());
  const QColor ground = toColour(look.field);
  const Rgb filled = verdict_ == Verdict::holds ? look.good : verdict_ == Verdict::fails ? look.bad : look.muted;
  painter.setPen(verdict_ == Verdict::awaited ? QPen(toColour(look.muted), 1.4) : QPen(Qt::NoPen));
  painter.setBrush(verdict_ == Verdict::awaited ? QBrush(Qt::NoBrush) : QBrush(toColour(filled)));
  painter.drawEllipse(middle, 6, 6);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(ground, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  if (verdict_ == Verdict::holds)
    painter.drawPolyline(
        QPolygonF{middle + QPointF(-2.8, 0.2), middle + QPointF(-0.7, 2.4), middle + QPointF(3, -2.4)});
  if (verdict_ == Verdict::fails) {
    painter.drawLine(middle + QPointF(-2.2, -2.2), middle + QPointF(2.2, 2.2));
    painter.drawLine(middle + QPointF(-2.2, 2.2), middle + QPointF(2.2, -2.2));
  }
  if (verdict_ == Verdict::unknown) {
    painter.setFont(uiFont(10, QFont::Bold));
    painter.drawText(QRectF(middle - QPointF(6, 6), QSizeF(12, 12)), Qt::AlignCenter, QStringLiteral("?"));
  }
}

}  // namespace kappa::ui
