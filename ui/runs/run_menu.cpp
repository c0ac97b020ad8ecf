/// Fills menus of runs and does what they say.
#include "ui/runs/run_menu.hpp"

#include <QActionGroup>
#include <QCoreApplication>
#include <QPainter>

#include "ui/charts/glyphs.hpp"
#include "ui/forms/wording.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int palette_size = 8;

QString menuText(const char* text) { return QCoreApplication::translate("RunMenu", text); }

std::optional<std::size_t> indexOf(const Session& session, const std::string& label) {
  const auto& runs = session.document().runs;
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (runs[i].label == label) return i;
  return std::nullopt;
}

void tellIssues(Session& session, const Issues& issues) {
  if (!issues.empty()) emit session.troubled(wording::sentences(issues));
}

void fillColours(QMenu& menu, Session& session, const AppTheme& theme, const std::string& label) {
  auto* group = new QActionGroup(&menu);
  const int now = session.colourOf(label);
  for (int colour = 0; colour < palette_size; ++colour) {
    QAction* one = menu.addAction(markerIcon(theme, colour), menuText("Colour %1").arg(colour + 1), &session,
                                  [&session, label, colour] { session.setColour(label, colour); });
    one->setCheckable(true);
    one->setChecked(colour == now);
    group->addAction(one);
  }
  menu.addSeparator();
  menu.addAction(menuText("By its place in the list"), &session, [&session, label] { session.setColour(label, {}); });
}

}  // namespace

QIcon markerIcon(const AppTheme& theme, int colour, bool faint) {
  constexpr int side = 16;
  constexpr double scale = 2;
  QPixmap picture(static_cast<int>(side * scale), static_cast<int>(side * scale));
  picture.setDevicePixelRatio(scale);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme.tokens();
  const Rgb full = run_colour(look, colour);
  const QColor ground = toColour(look.panel), ink = toColour(faint ? mix(full, look.panel, 0.35) : full);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);  // its own, whatever the row's is
  painter.drawEllipse(QPointF(side / 2.0, side / 2.0), side / 2.0, side / 2.0);
  if (faint)
    drawRing(painter, {side / 2.0, side / 2.0}, 4, ink, ground, 1.5);
  else
    drawMarker(painter, run_marker(colour), {side / 2.0, side / 2.0}, 5, ink, ground);
  painter.end();
  QIcon icon(picture);
  icon.addPixmap(picture, QIcon::Selected);  // else the style tints it
  return icon;
}

void removeRun(Session& session, const std::string& label) {
  const auto run = indexOf(session, label);
  if (!run || session.document().runs.size() < 2) return;
  tellIssues(session, session.reshape([&](Document document) { return withRunRemoved(std::move(document), *run); },
                                      menuText("remove run")));
}

QString renameRun(Session& session, const std::string& label, const QString& name) {
  const auto run = indexOf(session, label);
  const std::string wanted = name.trimmed().toStdString();
  if (!run || wanted == label) return {};
  const Issues issues = session.reshape(
      [&](Document document) { return withRunRenamed(std::move(document), *run, wanted); }, menuText("rename run"));
  return issues.empty() ? QString() : wording::sentence(issues.front());
}

void fillRunMenu(QMenu& menu, Session& session, const AppTheme& theme, const std::string& label,
                 const std::function<void()>& rename) {
  menu.clear();
  qDeleteAll(menu.findChildren<QMenu*>(Qt::FindDirectChildrenOnly));
  const auto run = indexOf(session, label);
  const bool hidden = session.isHidden(label);
  menu.addAction(hidden ? menuText("Show in charts") : menuText("Hide in charts"), &session,
                 [&session, label, hidden] { session.setHidden(label, !hidden); });
  QAction* alone = menu.addAction(session.isAlone(label) ? menuText("Show all runs") : menuText("Show this run alone"),
                                  &session, [&session, label] { session.showOnly(label); });
  alone->setEnabled(session.runLabels().size() > 1);
  QMenu* colours = menu.addMenu(menuText("Colour and marker"));
  fillColours(*colours, session, theme, label);
  if (!run) return;
  menu.addSeparator();
  menu.addAction(menuText("Rename"), &session, rename);
  menu.addAction(menuText("Duplicate"), &session, [&session, at = *run] {
    const Issues issues = session.change(withRunDuplicated(session.document(), at), menuText("duplicate run"));
    tellIssues(session, issues);
    if (issues.empty()) session.chooseRun(at + 1);
  });
  QAction* fork = menu.addAction(menuText("Fork here"), &session, [&session] { tellIssues(session, session.fork()); });
  fork->setEnabled(session.chosenRun() == *run && session.forkStep().has_value());
  menu.addSeparator();
  QAction* remove = menu.addAction(menuText("Remove"), &session, [&session, label] { removeRun(session, label); });
  remove->setEnabled(session.document().runs.size() > 1);
}

}  // namespace kappa::ui
