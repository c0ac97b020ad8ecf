/// The scroll bar lies in the margin.
#include "ui/window/side_panel.hpp"

#include <QScrollBar>
#include <QVBoxLayout>

namespace kappa::ui {
namespace {

constexpr int margin = 16;

}  // namespace

SidePanel::SidePanel(int width, const QString& name, QWidget* parent) : QScrollArea(parent) {
  setProperty("role", "panel");
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFixedWidth(width);
  setAccessibleName(name);
  auto* inside = new QWidget;
  inside->setProperty("role", "panel");
  inside->setAttribute(Qt::WA_StyledBackground);
  column_ = new QVBoxLayout(inside);
  column_->setSpacing(0);
  setWidget(inside);
  connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &SidePanel::makeRoom);
  makeRoom();
}

void SidePanel::makeRoom() {
  const int taken = verticalScrollBar()->maximum() > 0 ? verticalScrollBar()->sizeHint().width() : 0;
  column_->setContentsMargins(margin, 8, std::max(0, margin - taken), margin);
}

}  // namespace kappa::ui
