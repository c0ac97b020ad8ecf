/// Widens the letters; size, weight and colour are the style sheet's.
#include "ui/forms/group_head.hpp"

#include <QEvent>

namespace kappa::ui {
namespace {

constexpr double between_letters = 0.6;

}  // namespace

GroupHead::GroupHead(const QString& text, QWidget* parent) : ElidedLabel(text, parent) {
  setProperty("role", "head");
  setContentsMargins(0, 8, 0, 2);
  dress();
}

void GroupHead::changeEvent(QEvent* event) {
  ElidedLabel::changeEvent(event);
  if (event->type() == QEvent::StyleChange) dress();
}

/// A style sheet's font replaces the widget's, so the spacing is put back after it.
void GroupHead::dress() {
  QFont small = font();
  if (small.letterSpacingType() == QFont::AbsoluteSpacing && small.letterSpacing() == between_letters) return;
  small.setLetterSpacing(QFont::AbsoluteSpacing, between_letters);
  setFont(small);
}

}  // namespace kappa::ui
