/// Counts its own lines to know how high it is.
#include "ui/forms/text_area.hpp"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <algorithm>
#include <cmath>

namespace kappa::ui {
namespace {

constexpr int most_lines = 8, frame_room = 14;

}  // namespace

TextArea::TextArea(int least_lines, QWidget* parent) : QPlainTextEdit(parent), least_(least_lines) {
  setTabChangesFocus(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);  // its lines wrap
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  document()->setDocumentMargin(2);
  connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, &TextArea::fit);
  fit();
}

void TextArea::setShown(const QString& text) {
  shown_ = text;
  if (!hasFocus() && toPlainText() != text) setPlainText(text);
}

void TextArea::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  if (event->reason() == Qt::PopupFocusReason || toPlainText() == shown_) return;
  shown_ = toPlainText();
  emit finished(shown_);
}

void TextArea::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && toPlainText() != shown_) return setPlainText(shown_);
  QPlainTextEdit::keyPressEvent(event);
}

void TextArea::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  if (event->size().width() != event->oldSize().width()) fit();
}

void TextArea::fit() {
  const int lines = static_cast<int>(std::ceil(document()->documentLayout()->documentSize().height()));  // not pixels
  setVerticalScrollBarPolicy(lines > most_lines ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
  setFixedHeight(std::clamp(lines, least_, most_lines) * fontMetrics().lineSpacing() + frame_room);
}

}  // namespace kappa::ui
