/// A picture's numbers as a table: quoted names survive, and what is chosen can be copied.
#include "ui/charts/data_table.hpp"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QTableView>
#include <QTest>

#include "tests/ui/charts/pixels.hpp"

namespace kappa::ui {
namespace {

using namespace testing;

TEST(CsvRows, UnderstandsQuotes) {
  const auto rows = csvRows(QStringLiteral("a,b\n\"x, \"\"y\"\"\",2\n"));
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows[1], QStringList({"x, \"y\"", "2"}));
}

TEST(DataTable, ShowsEveryValueAndCopiesIt) {
  Figure figure = blank(Scale::log, 1e-4, 1);
  figure.sentence = "Loss of one run.";
  figure.curves = {curve(0, {{0, 1}, {1, 0.25}})};
  figure.curves[0].label = "GD, slow";
  DataTable table(figure);
  table.show();
  const QAbstractItemModel& model = *table.table()->model();
  ASSERT_EQ(model.rowCount(), 2);
  EXPECT_EQ(model.index(1, 0).data().toString(), "GD, slow");
  EXPECT_EQ(model.index(1, 3).data().toString(), "0.25");
  EXPECT_EQ(table.accessibleDescription(), "Loss of one run.");
  QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
  EXPECT_EQ(QGuiApplication::clipboard()->text(), "GD, slow\tmeasured\t0\t1\nGD, slow\tmeasured\t1\t0.25");
}

}  // namespace
}  // namespace kappa::ui
