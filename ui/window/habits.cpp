/// Connects them with the window's own parts.
#include "ui/window/habits.hpp"

#include <QAction>
#include <QApplication>
#include <algorithm>

#include "ui/palette/command_palette.hpp"
#include "ui/session.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/document_files.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui {
namespace {

constexpr int first_width = 1280, first_height = 800;

}  // namespace

Habits::Habits(MainWindow& window, Session& session, const AppTheme& theme)
    : QObject(&window), window_(window), session_(session) {
  const auto collect = [this] {
    std::vector<PaletteItem> all = actionItems(window_);
    for (PaletteItem& one : fieldItems(window_.setup(), [this](QWidget& row) { jump(row); })) all.push_back(one);
    for (PaletteItem& one : galleryItems([this](const QString& name) { window_.files().open(name); }))
      all.push_back(one);
    return all;
  };
  palette_ = new CommandPalette(collect, theme, &window);
  connect(window.actions().find, &QAction::triggered, palette_, &CommandPalette::open);
  connect(window.actions().dataTable, &QAction::triggered, this, &Habits::showData);
  connect(window.actions().resetLayout, &QAction::triggered, this, &Habits::resetLayout);
}

/// Of the chart that has the focus, else of the first one.
void Habits::showData() {
  const auto& cards = window_.charts().cards();
  const auto in_focus = [](const ChartCard* card) { return card->isAncestorOf(QApplication::focusWidget()); };
  auto chosen = std::find_if(cards.begin(), cards.end(), in_focus);
  if (chosen == cards.end())
    chosen = std::find_if(cards.begin(), cards.end(), [](const ChartCard* card) { return !card->isHidden(); });
  if (chosen != cards.end()) window_.charts().showData(**chosen);
}

/// To a field of the form, wherever it is.
void Habits::jump(QWidget& row) {
  window_.showSetup();
  if (!window_.actions().leftPanel->isChecked()) window_.actions().leftPanel->trigger();
  window_.setup().ensureWidgetVisible(&row, 0, 80);
  row.setFocus(Qt::OtherFocusReason);
}

void Habits::resetLayout() {
  for (QAction* panel : {window_.actions().leftPanel, window_.actions().rightPanel})
    if (!panel->isChecked()) panel->trigger();
  session_.setView(QStringLiteral("charts"), QJsonValue(QJsonValue::Null), tr("reset layout"));
  if (!window_.isMaximized() && !window_.isFullScreen()) window_.resize(first_width, first_height);
}

}  // namespace kappa::ui
