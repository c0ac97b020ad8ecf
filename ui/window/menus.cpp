/// Puts actions into menus; those of charts are made when the menu opens.
#include "ui/window/menus.hpp"

#include <QCoreApplication>
#include <QMenu>

#include "core/lab.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/document_files.hpp"

namespace kappa::ui::menus {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("menus", text); }

}  // namespace

QMenu* file(Actions& actions, DocumentFiles& files, QWidget* parent) {
  auto* menu = new QMenu(parent);
  menu->setToolTipsVisible(true);
  menu->addAction(actions.fresh);
  QMenu* studies = menu->addMenu(tr("New study"));
  studies->setToolTipsVisible(true);
  for (const Entry& entry : Catalog::get().all(Kind::study)) {
    QAction* one = studies->addAction(QString::fromStdString(entry.card.title));
    one->setToolTip(QString::fromStdString(entry.card.question));
    QObject::connect(one, &QAction::triggered, &files, [&files, id = entry.id] { files.startStudy(id); });
  }
  menu->addAction(actions.open);
  menu->addMenu(files.recent());
  menu->addSeparator();
  menu->addActions({actions.newWindow, actions.openWindow});
  menu->addSeparator();
  menu->addActions({actions.save, actions.saveAs});
  menu->addSeparator();
  menu->addActions({actions.closeWindow, actions.quit});
  return menu;
}

QMenu* edit(Actions& actions, QWidget* parent) {
  auto* menu = new QMenu(parent);
  menu->setToolTipsVisible(true);
  menu->addActions({actions.undo, actions.redo, actions.history});
  menu->addSeparator();
  menu->addActions({actions.share, actions.commandLine, actions.paste});
  menu->addSeparator();
  menu->addActions({actions.run, actions.step, actions.stop, actions.restart});
  menu->addSeparator();
  menu->addActions({actions.fork, actions.playBack, actions.recordedBefore, actions.recordedAfter, actions.newest});
  menu->addSeparator();
  menu->addAction(actions.keep);
  return menu;
}

QMenu* view(Actions& actions, QWidget* parent) {
  auto* menu = new QMenu(parent);
  menu->setToolTipsVisible(true);
  menu->addActions({actions.gallery, actions.setup, actions.lessons});
  menu->addSeparator();
  menu->addActions({actions.leftPanel, actions.rightPanel, actions.resetLayout});
  menu->addSeparator();
  menu->addActions({actions.nextPart, actions.partBefore});
  menu->addSeparator();
  menu->addActions({actions.dataTable, actions.find});
  menu->addSeparator();
  menu->addMenu(tr("Charts over"))->addActions(actions.along);
  menu->addActions({actions.equalBudget, actions.freeze});
  menu->addSeparator();
  menu->addActions(actions.themes);
  return menu;
}

QMenu* exports(Actions& actions, ChartGrid& charts, QWidget* parent) {
  auto* menu = new QMenu(parent);
  menu->setToolTipsVisible(true);
  QObject::connect(menu, &QMenu::aboutToShow, menu, [menu, &actions, &charts] {
    menu->clear();
    menu->addAction(actions.exportCharts);
    QMenu* each = menu->addMenu(tr("One chart"));
    each->setEnabled(!charts.cards().empty());
    for (ChartCard* card : charts.cards())
      each->addAction(tr("%1…").arg(QString::fromStdString(card->spec().title)), card, &ChartCard::exportRequested);
    menu->addActions({actions.copyChart, actions.copyData});
    menu->addSeparator();
    menu->addActions({actions.exportFilm, actions.exportReport});
    menu->addSeparator();
    menu->addAction(actions.exportRun);
  });
  return menu;
}

}  // namespace kappa::ui::menus
