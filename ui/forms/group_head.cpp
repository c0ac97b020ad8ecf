/// Capitals by the font, so that the text itself stays as it is read aloud.
#include "ui/forms/group_head.hpp"

#include <QEvent>

namespace kappa::ui {

GroupHead::GroupHead(const QString& text, QWidget* parent) : ElidedLabel(text, parent) {
  setProperty("role", "head");
  setContentsMargins(0, 8, 0, 2);
  dress();
}

void GroupHead::changeEvent(QEvent* event) {
  ElidedLabel::changeEvent(event);
  if (event->type() == QEvent::StyleChange) dress();
}

/// A style sheet's font replaces the widget's, so the capitals are put back after it.
void GroupHead::dress() {
  QFont small = font();
  if (small.capitalization() == QFont::AllUppercase) return;
  small.setCapitalization(QFont::AllUppercase);
  small.setLetterSpacing(QFont::AbsoluteSpacing, 0.2);
  setFont(small);
}

}  // namespace kappa::ui
