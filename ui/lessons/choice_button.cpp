/// Paints the ring, filled when chosen, ticked or crossed when the run has answered.
#include "ui/lessons/choice_button.hpp"

#include <QKeyEvent>
#include <QPainter>
#include <QResizeEvent>
#include <algorithm>

#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int choice_edge = 7, choice_gap = 8;

}  // namespace

ChoiceButton::ChoiceButton(const AppTheme& theme, const QString& text, QWidget* parent)
    : QAbstractButton(parent), theme_(theme) {
  setText(text);
  setAccessibleName(text);
  setCheckable(true);
  setAutoExclusive(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(&theme, &AppTheme::changed, this, [this] { update(); });
}

int ChoiceButton::ring() const { return QFontMetrics(font()).ascent() + 1; }

void ChoiceButton::setVerdict(Verdict verdict) {
  verdict_ = verdict;
  setAccessibleDescription(verdict == Verdict::right   ? tr("what the run has shown")
                           : verdict == Verdict::wrong ? tr("not what the run has shown")
                                                       : QString());
  update();
}

int ChoiceButton::heightForWidth(int width) const {
  const int room = std::max(40, width - 2 * choice_edge - ring() - choice_gap);
  return QFontMetrics(font()).boundingRect(QRect(0, 0, room, 10'000), Qt::TextWordWrap, text()).height() +
         2 * choice_edge;
}

/// As high as the words need where there is only so much width.
void ChoiceButton::resizeEvent(QResizeEvent* event) {
  QAbstractButton::resizeEvent(event);
  if (event->oldSize().width() != width()) setFixedHeight(heightForWidth(width()));
}

void ChoiceButton::changeEvent(QEvent* event) {
  QAbstractButton::changeEvent(event);
  if (event->type() == QEvent::FontChange) setFixedHeight(heightForWidth(width()));
}

QSize ChoiceButton::sizeHint() const { return {220, heightForWidth(std::max(220, width()))}; }
QSize ChoiceButton::minimumSizeHint() const { return {80, sizeHint().height()}; }

void ChoiceButton::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
  QAbstractButton::keyPressEvent(event);
}

void ChoiceButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
  const bool told = verdict_ != Verdict::open;
  const QColor mark = toColour(verdict_ == Verdict::right   ? look.good
                               : verdict_ == Verdict::wrong ? look.bad
                                                            : look.accent);
  if (isChecked() || (underMouse() && isEnabled()) || verdict_ == Verdict::right) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(toColour(mix(verdict_ == Verdict::right ? look.good : look.accent, look.field, 0.08)));
    painter.drawRoundedRect(box, 5, 5);
  }
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(toColour(look.accent), 2));
    painter.drawRoundedRect(box, 5, 5);
  }
  const double size = ring();
  const QRectF disc(choice_edge, choice_edge + 1, size, size);
  painter.setBrush(told && (isChecked() || verdict_ == Verdict::right) ? QBrush(mark) : Qt::NoBrush);
  painter.setPen(QPen(isChecked() || told ? mark : toColour(look.muted), 1.6));
  painter.drawEllipse(disc.adjusted(1, 1, -1, -1));
  painter.setBrush(Qt::NoBrush);
  const QPointF middle = disc.center();
  const double unit = size / 14;
  if (told) {
    painter.setPen(QPen(toColour(onAccent(look)), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (verdict_ == Verdict::right)
      painter.drawPolyline(QPolygonF{middle + QPointF(-3, 0) * unit, middle + QPointF(-0.8, 2.4) * unit,
                                     middle + QPointF(3.2, -2.6) * unit});
    else if (isChecked())
      for (const double turn : {1.0, -1.0})
        painter.drawLine(middle + QPointF(-2.4, -2.4 * turn) * unit, middle + QPointF(2.4, 2.4 * turn) * unit);
  } else if (isChecked()) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(mark);
    painter.drawEllipse(middle, 0.26 * size, 0.26 * size);
  }
  painter.setPen(toColour(look.text));
  painter.drawText(QRectF(rect()).adjusted(choice_edge + size + choice_gap, choice_edge, -choice_edge, 0),
                   Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, text());
}

}  // namespace kappa::ui
