/// Writes the style sheet: a template whose @names are replaced by the theme's colours and sizes.
#include "ui/theme/style_sheet.hpp"

#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

// Focus is a 2 px accent border; the padding gives back what the thicker border takes, so that nothing moves.
constexpr auto kFields = R"(
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {
  background: @field; color: @text; border: 1px solid @line; border-radius: 5px; padding: 2px 7px;
  selection-background-color: @accent; selection-color: @onaccent; }
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 18px; }
QLineEdit:hover, QPlainTextEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: @edge; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border: 2px solid @accent; padding: 1px 6px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  color: @disabled; background: @window; border: 1px dashed @edge; }
QLineEdit[invalid="true"] { border: 2px solid @bad; padding: 1px 6px; }
QComboBox::drop-down { border: none; width: 18px; }
QComboBox[role="choice"]::down-arrow { image: none; }
QComboBox QAbstractItemView { background: @panel; color: @text; border: 1px solid @line; outline: none; padding: 4px;
  selection-background-color: @tint; selection-color: @text; }
)";

constexpr auto kButtons = R"(
QPushButton { background: @field; color: @text; border: 1px solid @line; border-radius: 5px; padding: 4px 12px; }
QPushButton:hover { border-color: @edge; }
QPushButton:pressed { background: @tint; }
QPushButton:focus { border: 2px solid @accent; padding: 3px 11px; }
QPushButton:disabled { color: @disabled; background: @panel; }
QPushButton[role="field"]:disabled { background: @window; border: 1px dashed @edge; }
QPushButton[role="primary"] { background: @accent; color: @onaccent; border-color: @accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: @accenthover; }
QPushButton[role="primary"]:focus { border: 2px solid @text; }
QPushButton[role="primary"]:disabled { background: @line; border-color: @line; color: @muted; }
QPushButton[role="quiet"], QPushButton[role="link"], QToolButton {
  background: transparent; border: 2px solid transparent; border-radius: 5px; padding: 3px 8px; color: @text; }
QPushButton[role="link"] { color: @accent; padding: 1px 4px; }
QPushButton[small="true"] { font-size: @headpx; }
QPushButton[role="quiet"]:hover, QPushButton[role="link"]:hover, QToolButton:hover { background: @tint; }
QPushButton[role="quiet"]:focus, QPushButton[role="link"]:focus, QToolButton:focus { border-color: @accent; }
QPushButton[role="quiet"]:checked, QToolButton:checked { color: @accent; font-weight: 600; }
QPushButton[role="quiet"]:disabled, QPushButton[role="link"]:disabled, QToolButton:disabled { color: @disabled; }
QToolButton::menu-indicator { image: none; }
QFileDialog QToolButton { border-width: 1px; padding: 1px; }
)";

constexpr auto kSurfaces = R"(
QMainWindow, QDialog { background: @window; }
QFrame[role="card"] { background: @panel; border: 1px solid @line; border-radius: 8px; }
QFrame[role="chip"] { background: @field; border: 1px solid @line; border-radius: 8px; }
QFrame[role="panel"], QWidget[role="panel"] { background: @panel; border: none; }
QFrame[role="bar"], QWidget[role="bar"] { background: @panel; border: none; }
QFrame[role="rule"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QScrollArea, QScrollArea > QWidget > QWidget[role="panel"] { border: none; }
QScrollArea[role="panel"] { background: @panel; }
QLabel { background: transparent; }
QLabel[role="head"] { color: @muted; font-size: @headpx; font-weight: 600; }
QLabel[role="title"] { color: @text; font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="small"] { color: @muted; font-size: @headpx; }
QLabel[role="good"] { color: @good; font-size: @headpx; }
QLabel[role="bad"] { color: @bad; font-size: @headpx; }
QLabel[role="plain"] { color: @muted; font-size: @headpx; }
QToolTip { background: @panel; color: @text; border: 1px solid @edge; padding: 4px 6px; }
)";

constexpr auto kLists = R"(
QMenu { background: @panel; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 5px; }
QMenu::item:selected { background: @tint; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QListView, QTreeView, QTableView { background: @panel; color: @text; border: 1px solid @line; border-radius: 5px;
  selection-background-color: @tint; selection-color: @text; outline: none; }
QListView:focus, QTreeView:focus, QTableView:focus { border: 2px solid @accent; }
QListView::item { padding: 4px 8px; border-radius: 5px; }
QListView::item:hover { background: @tint; }
QListView::item:selected { background: @tint; color: @text; }
QTreeView::item:selected { background: @tint; color: @text; }
QHeaderView::section { background: @panel; color: @muted; border: none; border-bottom: 1px solid @line; padding: 4px 8px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @thumb; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: @edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @line; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
)";

}  // namespace

QString styleSheet(const Theme& t) {
  const auto hex = [](Rgb colour) { return QString::fromStdString(to_hex(colour)); };
  // Longer names first where one begins another.
  const std::pair<QString, QString> names[] = {
      {"@accenthover", hex(mix(t.accent, t.text, 0.88))},
      {"@accent", hex(t.accent)},
      {"@onaccent", hex(onAccent(t))},
      {"@window", hex(t.window)},
      {"@panel", hex(t.panel)},
      {"@field", hex(t.field)},
      {"@text", hex(t.text)},
      {"@muted", hex(t.muted)},
      {"@line", hex(t.line)},
      {"@edge", hex(mix(t.muted, t.line, 0.5))},
      {"@thumb", hex(mix(t.muted, t.line, 0.2))},
      {"@tint", hex(mix(t.accent, t.panel, 0.10))},
      {"@disabled", hex(mix(t.muted, t.panel, 0.75))},
      {"@good", hex(t.good)},
      {"@bad", hex(t.bad)},
      {"@headpx", QString("%1px").arg(typeOf(t.id).head)},
  };
  QString sheet = QString(kSurfaces) + kFields + kButtons + kLists;
  for (const auto& [name, value] : names) sheet.replace(name, value);
  return sheet;
}

}  // namespace kappa::ui
