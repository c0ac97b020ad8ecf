/// Everything can be reached and told apart by keyboard and by ear, charts are tables too, and there is a way back.
#include "ui/window/habits.hpp"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/charts/data_table.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui {
namespace {

using testing::await;

class HabitsTest : public ::testing::Test {
 protected:
  HabitsTest() {
    session_.open("conditioning");
    window_.resize(1280, 800);
    window_.show();
    window_.showSetup();
    window_.activateWindow();
    QCoreApplication::processEvents();
  }
  bool finish() {
    session_.run();
    return await([&] { return session_.state() == RunState::finished && session_.idle(); });
  }
  static bool isControl(const QWidget& widget) {
    return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QLineEdit*>(&widget) ||
           qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QAbstractSlider*>(&widget) ||
           qobject_cast<const QPlainTextEdit*>(&widget) || qobject_cast<const QAbstractItemView*>(&widget) ||
           qobject_cast<const ChartView*>(&widget);
  }
  std::vector<QWidget*> controls() {
    std::vector<QWidget*> all;
    for (QWidget* widget : window_.findChildren<QWidget*>())
      if (isControl(*widget) && widget->isVisibleTo(&window_) && !widget->inherits("QScrollBar") &&
          widget->window() == &window_)
        all.push_back(widget);
    return all;
  }

  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  MainWindow window_{session_, theme_};
};

TEST_F(HabitsTest, EveryControlHasAName) {
  ASSERT_TRUE(finish());
  std::size_t counted = 0;
  for (const auto& place : {&MainWindow::showSetup, &MainWindow::showGallery}) {
    (window_.*place)();
    QCoreApplication::processEvents();
    for (QWidget* widget : controls()) {
      ++counted;
      QAccessibleInterface* told = QAccessible::queryAccessibleInterface(widget);
      ASSERT_NE(told, nullptr);
      const QString name = told->text(QAccessible::Name);
      EXPECT_GE(name.size(), 2) << widget->metaObject()->className() << " in "
                                << widget->parentWidget()->metaObject()->className() << " is called \""
                                << name.toStdString() << "\"";
    }
  }
  EXPECT_GT(counted, 60u);
}

TEST_F(HabitsTest, EveryControlIsReachedByTab) {
  std::size_t unreachable = 0;
  for (QWidget* widget : controls()) {
    const QWidget* taker = widget;
    while (taker->focusProxy()) taker = taker->focusProxy();
    if (widget->isEnabled() && !(taker->focusPolicy() & Qt::TabFocus) && !widget->property("mouseOnly").toBool()) {
      ++unreachable;
      ADD_FAILURE() << widget->metaObject()->className() << " \"" << widget->accessibleName().toStdString() << "\" "
                    << widget->toolTip().toStdString();
    }
  }
  EXPECT_EQ(unreachable, 0u);
}

TEST_F(HabitsTest, FocusIsSeen) {
  for (QWidget* widget : controls()) {
    if (!widget->isEnabled() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy()) continue;
    window_.setup().ensureWidgetVisible(widget);
    window_.setup().setFocus();
    QCoreApplication::processEvents();
    if (widget->hasFocus()) continue;
    const QImage before = widget->grab().toImage();
    widget->setFocus(Qt::TabFocusReason);
    QCoreApplication::processEvents();
    if (!widget->hasFocus()) continue;
    EXPECT_NE(before, widget->grab().toImage())
        << widget->metaObject()->className() << " \"" << widget->accessibleName().toStdString() << "\"";
  }
}

TEST_F(HabitsTest, EveryChartIsASentenceAndATable) {
  ASSERT_TRUE(finish());
  for (const ChartCard* card : window_.charts().cards()) {
    window_.charts().showData(*card);
    const auto tables = window_.findChildren<DataTable*>();
    ASSERT_FALSE(tables.isEmpty());
    EXPECT_GT(tables.back()->table()->model()->rowCount(), 3) << card->spec().id;
    EXPECT_GT(tables.back()->accessibleDescription().size(), 20) << card->spec().id;
    const QAccessibleInterface* told = QAccessible::queryAccessibleInterface(card->view());
    EXPECT_GT((told->text(QAccessible::Name) + told->text(QAccessible::Description)).size(), 20) << card->spec().id;
    tables.back()->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
}

TEST_F(HabitsTest, TheViewMenuShowsTheDataOfTheChartInFocus) {
  ASSERT_TRUE(finish());
  const ChartCard* second = window_.charts().cards().at(1);
  second->view()->setFocus();
  window_.actions().dataTable->trigger();
  const auto* table = window_.findChild<DataTable*>();
  ASSERT_NE(table, nullptr);
  EXPECT_TRUE(table->isVisible());
  EXPECT_TRUE(table->windowTitle().contains(QString::fromStdString(second->spec().title)));
}

TEST_F(HabitsTest, LayoutGoesBackToTheFirst) {
  window_.actions().leftPanel->trigger();
  window_.resize(1500, 900);
  session_.setView("charts", QJsonArray{QJsonObject{{"id", "loss"}, {"shown", false}}}, "hide");
  QCoreApplication::processEvents();
  ASSERT_FALSE(window_.setup().isVisible());
  window_.actions().resetLayout->trigger();
  QCoreApplication::processEvents();
  EXPECT_TRUE(window_.setup().isVisible());
  EXPECT_EQ(window_.size(), QSize(1280, 800));
  EXPECT_FALSE(session_.view().contains("charts"));
}

}  // namespace
}  // namespace kappa::ui
