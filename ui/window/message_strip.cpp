/// Text and a button.
#include "ui/window/message_strip.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace kappa::ui {

MessageStrip::MessageStrip(QWidget* parent) : QFrame(parent), text_(new QLabel) {
  setProperty("role", "bar");
  setAccessibleName(tr("Message"));
  text_->setProperty("role", "bad");
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* away = new QToolButton;
  away->setText(QStringLiteral("×"));
  away->setAccessibleName(tr("Put the message away"));
  away->setToolTip(away->accessibleName());
  connect(away, &QToolButton::clicked, this, &QWidget::hide);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 4, 8, 4);
  row->addWidget(text_, 1);
  row->addWidget(away, 0, Qt::AlignTop);
  hide();
}

void MessageStrip::tell(const QString& sentence) {
  text_->setText(sentence);
  setAccessibleDescription(sentence);
  setVisible(!sentence.isEmpty());
}

QString MessageStrip::text() const { return text_->text(); }

}  // namespace kappa::ui
