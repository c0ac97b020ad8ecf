/// Comparing: the table by mouse and keys, axes, target, equal budgets, kept results; none changes another's numbers.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

#include "tests/ui/runs/desk.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/forms/run_chip.hpp"
#include "ui/window/info_panel.hpp"

namespace kappa::ui {
namespace {

class CompareTest : public testing::Desk {
 protected:
  void widen() {
    auto* more = button<QPushButton>("Compare");
    QTest::mouseClick(more, Qt::LeftButton);
    ASSERT_TRUE(section().isWide());
  }
  int rowOf(const QString& label) { return static_cast<int>(table().labels().indexOf(label)); }
  QString cell(const QString& label, RunsTable::Column column) {
    return table().topLevelItem(rowOf(label))->text(column);
  }
  int measured() {
    const auto& curves = chart("loss").curves;
    return static_cast<int>(
        std::count_if(curves.begin(), curves.end(), [](const Curve& c) { return !c.theory && !c.faint; }));
  }
  QString hiddenSaved() { return QString::fromStdString(session_.document().view); }
};

TEST_F(CompareTest, RowsAreSortedByTheValueAndByWhatIsClicked) {
  ASSERT_TRUE(finish());
  EXPECT_FALSE(section().isWide());
  std::vector<double> values;
  for (const QString& label : table().labels()) values.push_back(loss(label.toStdString())->value(300));
  EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
  widen();
  QHeaderView* header = table().header();
  const auto click = [&](int column) {
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      {header->sectionViewportPosition(column) + 20, header->height() / 2});
  };
  click(RunsTable::name);
  EXPECT_EQ(table().labels(), (QStringList{"Adam", "GD", "Heavy ball"}));
  click(RunsTable::name);
  EXPECT_EQ(table().labels(), (QStringList{"Heavy ball", "GD", "Adam"}));
  for (const int column : {RunsTable::last, RunsTable::calls, RunsTable::time}) click(column);
  EXPECT_EQ(table().sortedBy(), RunsTable::time);
  EXPECT_EQ(cell("GD", RunsTable::calls), "300");
}

TEST_F(CompareTest, TheTableIsWorkedByKeys) {
  ASSERT_TRUE(walkTo(50));
  table().setFocus();
  session_.chooseRun(0);
  QTest::keyClick(&table(), Qt::Key_Space);
  EXPECT_TRUE(session_.isHidden("GD"));
  EXPECT_EQ(session_.state(), RunState::paused) << "Space was the table's";
  EXPECT_TRUE(hiddenSaved().contains("GD"));
  EXPECT_EQ(measured(), 2);
  QTest::keyClick(&table(), Qt::Key_Space);
  EXPECT_FALSE(session_.isHidden("GD"));
  QTest::keyClick(&table(), Qt::Key_S);
  EXPECT_TRUE(session_.isHidden("Adam") && session_.isHidden("Heavy ball") && !session_.isHidden("GD"));
  QTest::keyClick(&table(), Qt::Key_S);
  EXPECT_FALSE(session_.isHidden("Adam"));
  const QStringList rows = table().labels();
  const int row = rowOf("GD");
  QTest::keyClick(&table(), row > 0 ? Qt::Key_Up : Qt::Key_Down);
  EXPECT_EQ(session_.document().runs[session_.chosenRun()].label, rows[row > 0 ? row - 1 : row + 1].toStdString());
  window_.actions().undo->trigger();
  EXPECT_TRUE(session_.isHidden("Adam")) << "what is hidden is an edit of the view";
}

TEST_F(CompareTest, HidingARunChangesNoOthersNumbers) {
  ASSERT_TRUE(finish());
  widen();
  session_.setTarget(1e-3);
  session_.setEqualBudget(true);
  const auto all = [&] {
    QStringList told;
    for (const char* label : {"Adam", "Heavy ball"})
      for (int column = 1; column < RunsTable::columns; ++column)
        told << cell(label, static_cast<RunsTable::Column>(column));
    return told;
  };
  const QStringList before = all();
  session_.setHidden("GD", true);
  EXPECT_EQ(all(), before);
}

TEST_F(CompareTest, ColoursAreChosenAndKeptWithTheDocument) {
  ASSERT_TRUE(walkTo(20));
  session_.setColour("GD", 5);
  const Figure& figure = chart("loss");
  EXPECT_EQ(figure.curves.front().colour, 5);
  const Checked<Document> again = parse_document(write_document(session_.document()));
  session_.openDocument(std::get<Document>(again), "again");
  EXPECT_EQ(session_.colourOf("GD"), 5);
  EXPECT_EQ(session_.colourOf("Adam"), 2);
}

TEST_F(CompareTest, ARunIsRecolouredByItsMenu) {
  ASSERT_TRUE(walkTo(20));
  const QRect row = table().visualItemRect(table().topLevelItem(rowOf("GD")));
  QContextMenuEvent asked(QContextMenuEvent::Mouse, row.center(), table().viewport()->mapToGlobal(row.center()));
  QCoreApplication::sendEvent(table().viewport(), &asked);
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  ASSERT_NE(menu, nullptr);
  const auto entry = [](const QMenu& of, const QString& text) -> QAction* {
    const QList<QAction*> entries = of.actions();
    for (QAction* one : entries)
      if (one->text() == text) return one;
    return nullptr;
  };
  QAction* choose = entry(*menu, "Colour and marker");
  ASSERT_NE(choose, nullptr);
  QMenu* colours = choose->menu();
  ASSERT_NE(colours, nullptr);
  QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(choose).center());
  ASSERT_TRUE(testing::await([&] { return colours->isVisible(); }));
  QAction* sixth = entry(*colours, "Colour 6");
  ASSERT_NE(sixth, nullptr);
  EXPECT_FALSE(sixth->isChecked());
  QTest::mouseClick(colours, Qt::LeftButton, {}, colours->actionGeometry(sixth).center());
  EXPECT_EQ(session_.colourOf("GD"), 5);
  EXPECT_EQ(chart("loss").curves.front().colour, 5);
  EXPECT_FALSE(menu->isVisible());
  QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(session_.colourOf("GD"), 0);
}

TEST_F(CompareTest, TheAxisIsChosenByMouseAndByKeys) {
  ASSERT_TRUE(finish());
  widen();
  auto* along = named<ChoiceField>("Charts over");
  ASSERT_NE(along, nullptr);
  window_.findChild<InfoPanel*>()->ensureWidgetVisible(along);
  QCoreApplication::processEvents();
  QTest::mouseClick(along, Qt::LeftButton);
  QAbstractItemView* list = along->view();
  ASSERT_TRUE(testing::await([&] { return list->isVisible(); }));
  QTest::qWait(QApplication::doubleClickInterval() + 50);  // until then a release belongs to the click that opened it
  const int seconds = along->findText("seconds");
  const QRect entry = list->visualRect(list->model()->index(seconds, 0));
  QTest::mouseMove(list->viewport(), entry.center());
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, entry.center());
  EXPECT_EQ(session_.countBy(), CountBy::seconds);
  EXPECT_EQ(chart("loss").x.label, "second");
  ASSERT_TRUE(testing::await([&] { return !list->isVisible(); }));
  along->setFocus();
  QTest::keyClick(along, Qt::Key_Home);
  EXPECT_EQ(session_.countBy(), CountBy::steps);
  EXPECT_EQ(chart("loss").x.label, "step");
  QTest::keyClick(along, Qt::Key_Down);
  EXPECT_EQ(session_.countBy(), CountBy::gradients);
}

TEST_F(CompareTest, LongNamesAreReadWhole) {
  Document document = testing::smallRace();
  document.runs[0].label = "Gradient descent, κ = 1";
  document.runs[1].label = "Gradient descent with heavy ball, κ = 100";
  session_.openDocument(document, "long");
  ASSERT_TRUE(finish());
  QCoreApplication::processEvents();
  const auto check = [&](const std::string& where) {
    for (const RunSpec& run : document.runs) {
      const QString label = QString::fromStdString(run.label);
      const QTreeWidgetItem* item = table().topLevelItem(rowOf(label));
      const QRect cell = table().visualItemRect(item);
      const int room = table().columnWidth(RunsTable::name) - table().iconSize().width() - 16;
      const QRect wanted =
          table().fontMetrics().boundingRect(QRect(0, 0, room, 1000), Qt::TextWordWrap, item->text(RunsTable::name));
      EXPECT_LE(wanted.width(), room) << where << ": " << run.label;
      EXPECT_LE(wanted.height(), cell.height()) << where << ": " << run.label;
      EXPECT_TRUE(item->toolTip(RunsTable::name).contains(label));
    }
    EXPECT_FALSE(table().isColumnHidden(RunsTable::value));
    EXPECT_EQ(table().verticalScrollBar()->maximum(), 0) << where;
  };
  check("narrow");
  table().sortBy(RunsTable::time);
  check("narrow, sorted by time");
  widen();
  QCoreApplication::processEvents();
  check("wide");
  for (int column = 0; column < RunsTable::columns; ++column) EXPECT_FALSE(table().isColumnHidden(column)) << column;
}

TEST_F(CompareTest, AKeptResultIsRenamedWhereItStands) {
  ASSERT_TRUE(finish());
  widen();
  QTest::keyClick(&window_, Qt::Key_K);
  auto* name = window_.findChild<QLineEdit*>("keptName");
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(name->text(), "kept 1");
  Document next = session_.document();
  next.problem.params["condition_number"] = 1000.0;
  ASSERT_TRUE(session_.change(next, "condition number").empty());
  ASSERT_TRUE(testing::await([&] { return !session_.rebuilding() && session_.state() == RunState::finished; }));
  EXPECT_EQ(name->text(), "κ\u00a030");
  QTest::mouseDClick(name, Qt::LeftButton, {}, {10, name->height() / 2});
  QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(name, "Easy bowl");
  QTest::keyClick(name, Qt::Key_Return);
  EXPECT_EQ(session_.kept().all().front().name, "Easy bowl");
  EXPECT_EQ(window_.findChild<QLineEdit*>("keptName"), name) << "the keyboard stays where it is";
  const auto& curves = chart("loss").curves;
  EXPECT_TRUE(std::any_of(curves.begin(), curves.end(), [](const Curve& c) { return c.label == "Easy bowl: GD"; }));
  name->setFocus();
  name->selectAll();
  QTest::keyClick(name, Qt::Key_Delete);
  QTest::keyClick(name, Qt::Key_Return);
  EXPECT_EQ(name->text(), "κ\u00a030") << "an empty name is what sets it apart";
}

TEST_F(CompareTest, ChartsGoOverCallsEpochsAndSeconds) {
  ASSERT_TRUE(finish());
  widen();
  auto* along = named<ChoiceField>("Charts over");
  ASSERT_NE(along, nullptr);
  const auto choose = [&](const char* title) {
    along->setFocus();
    along->setCurrentIndex(along->findText(title));
    emit along->activated(along->currentIndex());
    QCoreApplication::processEvents();
    return chart("loss").x.label;
  };
  EXPECT_EQ(choose("gradient calls"), "gradient call");
  EXPECT_EQ(choose("epochs"), "epoch");
  EXPECT_EQ(choose("seconds"), "second");
  for (const Curve& curve : chart("loss").curves) {
    if (curve.theory) continue;
    EXPECT_TRUE(std::is_sorted(curve.vertices.begin(), curve.vertices.end(),
                               [](const Vertex& a, const Vertex& b) { return a.x < b.x; }));
    EXPECT_GT(curve.vertices.back().x, 0);
    EXPECT_LT(curve.vertices.back().x, 60);
  }
  EXPECT_EQ(choose("steps"), "step");
  window_.actions().along[1]->trigger();
  EXPECT_EQ(session_.countBy(), CountBy::gradients);
}

TEST_F(CompareTest, ATargetIsALineAndNamesTheFirst) {
  ASSERT_TRUE(finish());
  widen();
  auto* target = named<QLineEdit>("Loss target");
  target->setFocus();
  const double wanted = loss("Heavy ball")->value(100);
  QTest::keyClicks(target, QString::number(wanted, 'g', 17));
  QTest::keyClick(target, Qt::Key_Return);
  EXPECT_EQ(session_.target(), wanted);
  const Figure& figure = chart("loss");
  EXPECT_TRUE(std::any_of(figure.curves.begin(), figure.curves.end(), [](const Curve& c) { return c.id == "target"; }));
  std::string first;
  std::uint64_t least = ~std::uint64_t{0};
  for (const char* label : {"GD", "Heavy ball", "Adam"})
    for (std::uint64_t i = 0; i <= 300; ++i)
      if (loss(label)->value(i) <= wanted) {
        EXPECT_EQ(cell(label, RunsTable::to_target), QString::number(i)) << label;
        if (i < least) least = i, first = label;
        break;
      }
  ASSERT_FALSE(first.empty());
  const auto mark =
      std::find_if(figure.marks.begin(), figure.marks.end(), [](const Mark& m) { return m.kind == MarkKind::reached; });
  ASSERT_NE(mark, figure.marks.end());
  EXPECT_EQ(mark->x, static_cast<double>(least));
  EXPECT_TRUE(mark->text.starts_with(first)) << mark->text;
  target->selectAll();
  QTest::keyClick(target, Qt::Key_Delete);
  QTest::keyClick(target, Qt::Key_Return);
  EXPECT_FALSE(session_.target());
}

TEST_F(CompareTest, AtEqualBudgetAllEndWhereTheShortestHasSpentAll) {
  Document document = testing::smallRace();
  document.runs[1].steps = 100;
  session_.openDocument(document, "uneven");
  ASSERT_TRUE(finish());
  widen();
  auto* budget = named<QCheckBox>("Equal budget");
  ASSERT_NE(budget, nullptr);
  QTest::mouseClick(budget, Qt::LeftButton);
  EXPECT_EQ(session_.countBy(), CountBy::gradients);
  EXPECT_EQ(session_.budget(), 100.0);
  EXPECT_EQ(chart("loss").x.hi, 100);
  EXPECT_EQ(cell("GD", RunsTable::calls), "100");
  EXPECT_EQ(cell("GD", RunsTable::last), QString::fromStdString(format_value(loss("GD")->value(100))));
  session_.setCountBy(CountBy::steps);
  EXPECT_FALSE(session_.equalBudget()) << "steps are no budget";
}

TEST_F(CompareTest, KeptResultsStayBehindAChangedExperiment) {
  ASSERT_TRUE(finish());
  widen();
  auto* keep = button<QPushButton>("+ Keep this result");
  ASSERT_TRUE(keep->isEnabled());
  QTest::mouseClick(keep, Qt::LeftButton);
  EXPECT_FALSE(keep->isEnabled()) << "once is enough";
  EXPECT_TRUE(std::none_of(chart("loss").curves.begin(), chart("loss").curves.end(), [](const Curve& c) {
    return c.faint;
  })) << "it is still what is shown";
  const double kept = loss("GD")->value(300);
  Document next = session_.document();
  next.problem.params["condition_number"] = 1000.0;
  ASSERT_TRUE(session_.change(next, "condition number").empty());
  ASSERT_TRUE(testing::await([&] { return !session_.rebuilding() && session_.state() == RunState::finished; }));
  const Figure& figure = chart("loss");
  const auto ghost = std::find_if(figure.curves.begin(), figure.curves.end(), [](const Curve& c) { return c.faint; });
  ASSERT_NE(ghost, figure.curves.end());
  EXPECT_EQ(ghost->label, "κ\u00a030: GD");
  EXPECT_EQ(ghost->vertices.back().y, kept);
  auto* remove = window_.findChild<QToolButton*>("keptRemove");
  ASSERT_NE(remove, nullptr);
  QTest::mouseClick(remove, Qt::LeftButton);
  const auto& curves = chart("loss").curves;
  EXPECT_TRUE(std::none_of(curves.begin(), curves.end(), [](const Curve& c) { return c.faint; }));
}

TEST_F(CompareTest, BandsSayTheirStatisticAndHowMany) {
  Document document = testing::smallRace(60);
  document.repeats = 4;
  session_.openDocument(document, "repeats");
  ASSERT_TRUE(finish());
  for (const LegendEntry& entry : chart("loss").legend) {
    if (entry.theory) continue;
    EXPECT_EQ(entry.note, "median of 4, 10–90 %");
  }
}

}  // namespace
}  // namespace kappa::ui
