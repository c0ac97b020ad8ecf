/// Places in the middle of the window, the document left of them, menus right.
#include "ui/window/top_bar.hpp"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStatusTipEvent>
#include <QToolButton>

#include "ui/forms/elided_label.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"

namespace kappa::ui {
namespace {

constexpr int bar_height = 44, least_title = 200;

/// A place's name, underlined while one is there.
class PlaceButton : public QAbstractButton {
 public:
  PlaceButton(QAction* action, const AppTheme& theme) : theme_(theme) {
    setText(action->text());
    setToolTip(action->toolTip());
    setStatusTip(action->statusTip());
    setCheckable(true);
    setChecked(action->isChecked());
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::toggled, this, &QAbstractButton::setChecked);
    connect(&theme, &AppTheme::changed, this, [this] { update(); });
  }
  QSize sizeHint() const override {
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    return {QFontMetrics(bold).horizontalAdvance(text()) + 32, bar_height};
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& look = theme_.tokens();
    QFont own = font();
    own.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
    painter.setFont(own);
    painter.setPen(toColour(isChecked() || underMouse() ? look.accent : look.text));
    painter.drawText(rect(), Qt::AlignCenter, text());
    if (isChecked()) painter.fillRect(16, height() - 3, width() - 32, 3, toColour(look.accent));
    if (!hasFocus()) return;
    painter.setPen(QPen(toColour(look.accent), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(6, 8, -6, -8), 5, 5);
  }

 private:
  const AppTheme& theme_;
};

/// Looks like a field, and opens the palette.
class FindButton : public QAbstractButton {
 public:
  FindButton(QAction* action, const AppTheme& theme) : theme_(theme), keys_(action->shortcut()) {
    setText(TopBar::tr("Find anything"));
    setToolTip(action->toolTip());
    setStatusTip(action->statusTip());
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    connect(&theme, &AppTheme::changed, this, [this] { update(); });
  }
  QSize sizeHint() const override {
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + metrics.horizontalAdvance(keys()) + 42, bar_height};
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& look = theme_.tokens();
    const Rgb edge = hasFocus() ? look.accent : underMouse() ? mix(look.muted, look.line, 0.5) : look.line;
    painter.setPen(QPen(toColour(edge), hasFocus() ? 2 : 1));
    painter.setBrush(toColour(look.field));
    const QRectF box = QRectF(rect()).adjusted(1, 9, -9, -9);
    painter.drawRoundedRect(box, 5, 5);
    painter.setPen(toColour(look.muted));
    painter.drawText(box.adjusted(10, 0, -10, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    painter.drawText(box.adjusted(10, 0, -10, 0), Qt::AlignVCenter | Qt::AlignRight, keys());
  }

 private:
  QString keys() const { return keys_.toString(QKeySequence::NativeText); }

  const AppTheme& theme_;
  const QKeySequence keys_;
};

}  // namespace

TopBar::TopBar(Session& session, Actions& actions, const AppTheme& theme, QWidget* parent)
    : QFrame(parent),
      session_(session),
      theme_(theme),
      name_(new QLabel(tr("Kappascope"))),
      edited_(new QLabel),
      title_(new ElidedLabel),
      tip_(new ElidedLabel),
      left_(new QWidget(this)),
      places_(new QWidget(this)),
      right_(new QWidget(this)) {
  setProperty("role", "bar");
  setFixedHeight(bar_height);
  name_->setFont(uiFont(15, QFont::DemiBold));
  name_->setStyleSheet(QStringLiteral("font-size: 15px; font-weight: 600;"));
  title_->setProperty("role", "muted");
  edited_->setProperty("role", "muted");
  tip_->setProperty("role", "muted");
  tip_->setObjectName(QStringLiteral("statusTip"));
  tip_->hide();
  auto* left = new QHBoxLayout(left_);
  left->setContentsMargins(16, 0, 8, 0);
  left->setSpacing(14);
  left->addWidget(name_);
  left->addWidget(title_);
  left->addWidget(edited_);
  left->addWidget(tip_);
  left->addStretch(1);
  auto* places = new QHBoxLayout(places_);
  places->setContentsMargins(0, 0, 0, 0);
  places->setSpacing(12);
  for (QAction* action : {actions.gallery, actions.setup, actions.lessons})
    places->addWidget(new PlaceButton(action, theme));
  auto* right = new QHBoxLayout(right_);
  right->setContentsMargins(8, 0, 12, 0);
  right->setSpacing(2);
  right->addStretch(1);
  find_ = new FindButton(actions.find, theme);
  right->addWidget(find_);
  connect(&session, &Session::documentChanged, this, &TopBar::showDocument);
  connect(&session, &Session::editedChanged, this, &TopBar::showDocument);
  connect(&theme, &AppTheme::changed, this, [this] { update(); });
  showDocument();
}

void TopBar::addMenu(const QString& name, QMenu* menu, const QKeySequence& key) {
  auto* button = new QToolButton;
  button->setText(name);
  button->setAccessibleName(name);
  button->setPopupMode(QToolButton::InstantPopup);
  button->setFocusPolicy(Qt::TabFocus);
  button->setMenu(menu);
  button->setShortcut(key);
  button->setToolTip(QStringLiteral("%1 (%2)").arg(name, key.toString(QKeySequence::NativeText)));
  right_->layout()->addWidget(button);
}

void TopBar::addButton(QAction* action) {
  auto* button = new QToolButton;
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setFocusPolicy(Qt::TabFocus);
  right_->layout()->addWidget(button);
}

void TopBar::showDocument() {
  const QString title = QString::fromStdString(session_.document().title);
  title_->setText(title.isEmpty() ? session_.name() : title);
  edited_->setText(session_.edited() ? tr("• edited") : QString());
}

/// What would be done stands where the document's name stands otherwise: nothing makes room for it.
void TopBar::showTip(const QString& tip) {
  tip_->setText(tip);
  tip_->setVisible(!tip.isEmpty());
  for (QLabel* one : {static_cast<QLabel*>(title_), edited_}) one->setVisible(tip.isEmpty());
}

/// The places stand in the middle of the window, whatever stands beside them.
void TopBar::place() {
  const int middle = places_->sizeHint().width(), with_find = find_->sizeHint().width() + right_->layout()->spacing();
  const int whole = right_->sizeHint().width() + (find_->isHidden() ? with_find : 0);
  const bool room = width() - middle - whole >= least_title;
  if (room == find_->isHidden()) find_->setVisible(room);
  const int menus = room ? whole : whole - with_find;
  const int x = std::min((width() - middle) / 2, width() - menus - middle);
  left_->setGeometry(0, 0, std::max(0, x), height() - 1);
  places_->setGeometry(x, 0, middle, height());
  right_->setGeometry(x + middle, 0, width() - x - middle, height() - 1);
}

void TopBar::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  place();
}

void TopBar::showEvent(QShowEvent* event) {
  QFrame::showEvent(event);
  window()->installEventFilter(this);
}

/// What the menu entry or button under the mouse does is told to the window.
bool TopBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched != window() || event->type() != QEvent::StatusTip) return QFrame::eventFilter(watched, event);
  showTip(static_cast<QStatusTipEvent*>(event)->tip());
  return true;
}

/// Larger type asks for another place.
bool TopBar::event(QEvent* event) {
  if (event->type() == QEvent::LayoutRequest) place();
  return QFrame::event(event);
}

void TopBar::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  QPainter painter(this);
  painter.fillRect(0, height() - 1, width(), 1, toColour(theme_.tokens().line));
}

}  // namespace kappa::ui
