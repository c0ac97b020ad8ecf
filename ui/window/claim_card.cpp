/// Breaks its words into lines itself and leaves none out; the shape of the mark says what its colour says.
#include "ui/window/claim_card.hpp"

#include <QKeyEvent>
#include <QPainter>
#include <QTextLayout>

#include "ui/forms/wording.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int left_edge = 28, right_edge = 10, above = 6, between_lines = 2;

/// The whole text in lines of this width.
QStringList broken(const QString& text, const QFont& font, int width) {
  QStringList lines;
  QTextLayout layout(text, font);
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(option);
  layout.beginLayout();
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(width);
    lines << text.mid(line.textStart(), line.textLength()).trimmed();
  }
  layout.endLayout();
  return lines;
}

}  // namespace

ClaimCard::ClaimCard(const AppTheme& theme, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
  setCheckable(true);
  setFocusPolicy(Qt::TabFocus);
  setAttribute(Qt::WA_Hover);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  connect(this, &QAbstractButton::toggled, this, [this] { updateGeometry(); });
  connect(&theme, &AppTheme::changed, this, [this] {
    updateGeometry();
    update();
  });
}

void ClaimCard::setWords(const QString& sentence, const Fact& expected, const Fact& measured, const QStringList& more) {
  setText(sentence);
  expected_ = expected;
  measured_ = measured;
  more_ = more;
  more_.removeAll(QString());
  QStringList all{sentence};
  if (!measured.told.isEmpty()) all << expected.told + QStringLiteral(", ") + measured.told;
  setToolTip((all + more_).join(u'\n'));
  setAccessibleName(sentence);
  const QString word = verdict_ == Verdict::holds     ? tr("holds")
                       : verdict_ == Verdict::fails   ? tr("fails")
                       : verdict_ == Verdict::awaited ? tr("not judged yet")
                                                      : tr("unknown");
  QStringList said{word, expected.told, measured.told};
  said.removeAll(QString());
  setAccessibleDescription((said + more_).join(QStringLiteral(", ")));
  updateGeometry();
  update();
}

void ClaimCard::setAwaited(const QString& sentence, const QString& paper) {
  verdict_ = Verdict::awaited;
  const QString later = tr("judged when the run ends");
  setWords(sentence, {later, later}, {}, {paper});
}

void ClaimCard::setResult(const ClaimResult& result) {
  const auto text = [](const std::string& s) { return QString::fromStdString(s); };
  verdict_ = !result.holds ? Verdict::unknown : *result.holds ? Verdict::holds : Verdict::fails;
  const QString sentence = text(result.claim.empty() ? result.statistic : result.claim);
  const QStringList more{text(result.statistic), text(result.paper)};
  if (!result.holds) {
    const QString why = wording::sentence({"", result.why, ""});
    return setWords(sentence, {why, why}, {}, QStringList{why} + more);
  }
  const QString expected = wording::expected(result), measured = wording::measured(result);
  setWords(sentence, {tr("expected %1").arg(expected), expected},
           {result.measured_words.empty() ? tr("measured %1").arg(measured) : measured, measured}, more);
}

/// The longest forms of both that stand beside each other; where none do, one below the other.
ClaimCard::Facts ClaimCard::factsIn(int room) const {
  const QFontMetrics numbers(small());
  constexpr int apart = 8;
  for (const auto& [left, right] :
       {std::pair(expected_.told, measured_.told), std::pair(expected_.bare, measured_.told),
        std::pair(expected_.bare, measured_.bare)})
    if (numbers.horizontalAdvance(left) + apart + numbers.horizontalAdvance(right) <= room) return {{left, right}};
  Facts facts;
  for (const QString& told : {expected_.told, measured_.told})
    for (const QString& line : broken(told, small(), room)) facts.append({line, {}});
  return facts;
}

QFont ClaimCard::small() const { return figureFont(typeOf(theme_.id()).head); }

QFont ClaimCard::strong() const {
  QFont own = font();
  own.setWeight(QFont::Medium);
  return own;
}

ClaimCard::Lines ClaimCard::linesIn(int width) const {
  const int room = width - left_edge - right_edge;
  Lines lines{broken(text(), strong(), room), factsIn(room), {}};
  if (isChecked())
    for (const QString& one : more_) lines.more << broken(one, small(), room);
  return lines;
}

QString ClaimCard::shown() const {
  const Lines lines = linesIn(width());
  QStringList all = lines.sentence;
  for (const auto& [left, right] : lines.facts) all << left << right;
  all << lines.more;
  all.removeAll(QString());
  return all.join(u' ');
}

int ClaimCard::heightForWidth(int width) const {
  const Lines lines = linesIn(width);
  const int facts = static_cast<int>(lines.facts.size() + lines.more.size());
  return 2 * above + between_lines + static_cast<int>(lines.sentence.size()) * QFontMetrics(strong()).height() +
         facts * QFontMetrics(small()).height();
}

QSize ClaimCard::sizeHint() const { return {220, heightForWidth(220)}; }
QSize ClaimCard::minimumSizeHint() const { return {120, QFontMetrics(strong()).height() * 2}; }

void ClaimCard::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
  QAbstractButton::keyPressEvent(event);
}

void ClaimCard::paintMark(QPainter& painter, const QPointF& middle) const {
  const Theme& look = theme_.tokens();
  const bool awaited = verdict_ == Verdict::awaited;
  const Rgb filled = verdict_ == Verdict::holds ? look.good : verdict_ == Verdict::fails ? look.bad : look.muted;
  painter.setPen(awaited ? QPen(toColour(look.muted), 1.4) : QPen(Qt::NoPen));
  painter.setBrush(awaited ? QBrush(Qt::NoBrush) : QBrush(toColour(filled)));
  painter.drawEllipse(middle, 6, 6);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(toColour(look.field), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
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

void ClaimCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const Rgb edge = hasFocus() ? look.accent : underMouse() ? mix(look.muted, look.line, 0.5) : look.line;
  painter.setPen(QPen(toColour(edge), hasFocus() ? 2 : 1));
  painter.setBrush(toColour(look.field));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 7, 7);
  const Lines lines = linesIn(width());
  const QFontMetrics words(strong()), numbers(small());
  paintMark(painter, QPointF(14.5, above + 0.5 * words.height()));
  int y = above;
  const auto put = [&](const QString& line, const QFontMetrics& metrics, Qt::Alignment side, int room) {
    painter.drawText(QRect(left_edge, y, room, metrics.height()), static_cast<int>(side | Qt::AlignVCenter), line);
  };
  const int room = width() - left_edge - right_edge;
  painter.setFont(strong());
  painter.setPen(toColour(look.text));
  for (const QString& line : lines.sentence) {
    put(line, words, Qt::AlignLeft, room);
    y += words.height();
  }
  y += between_lines;
  painter.setFont(small());
  painter.setPen(toColour(look.muted));
  for (const auto& [left, right] : lines.facts) {
    put(left, numbers, Qt::AlignLeft, room);
    put(right, numbers, Qt::AlignRight, room);
    y += numbers.height();
  }
  for (const QString& line : lines.more) {
    put(line, numbers, Qt::AlignLeft, room);
    y += numbers.height();
  }
}

}  // namespace kappa::ui
