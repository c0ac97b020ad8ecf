/// Pictures keep the experiment's document byte for byte, and look like the chart.
#include "ui/charts/export.hpp"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "tests/ui/charts/pixels.hpp"

namespace kappa::ui {
namespace {

using namespace testing;

Figure sample() {
  Figure figure = blank(Scale::log, 1e-8, 1);
  figure.curves = {curve(1, {{0, 1}, {100, 1e-8}})};
  figure.legend = {{"run 1", "", 1, Marker::square, {}}};
  return figure;
}

const QByteArray documents[] = {"{\n  \"format\": 1,\n  \"title\": \"κ and η → 0\"\n}\n", "{}", "{\"a\":\"\r\n\"}",
                                QByteArray("{\"x\":\"") + QByteArray(50000, 'y') + "\"}"};

TEST(Export, PngKeepsTheDocument) {
  const QTemporaryDir folder;
  const QString path = folder.filePath("figure.png");
  for (const QByteArray& document : documents) {
    ExportOptions options;
    options.document = document;
    ASSERT_EQ(savePng(sample(), path, options), QString());
    const auto kept = documentIn(path);
    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(*kept, document);
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().contains(QByteArray("kappascope\0", 11))) << "the chunk carries its name";
  }
}

TEST(Export, PdfKeepsTheDocument) {
  const QTemporaryDir folder;
  const QString path = folder.filePath("figure.pdf");
  for (const QByteArray& document : documents) {
    ExportOptions options;
    options.document = document;
    ASSERT_EQ(savePdf(sample(), path, options), QString());
    EXPECT_EQ(documentIn(path).value_or(QByteArray()), document);
  }
}

TEST(Export, PdfSaysThatItsCurvesAreThinned) {
  Figure figure = sample();
  EXPECT_FALSE(pdfBytes({{}, {figure}}, {}).contains("Thinned to what paper can show"));
  figure.curves[0].points = 1000001;
  EXPECT_TRUE(pdfBytes({{}, {figure}}, {}).contains("Thinned to what paper can show: 1000001 recorded points"));
}

TEST(Export, APictureWithoutDocumentHasNone) {
  const QTemporaryDir folder;
  ASSERT_EQ(savePng(sample(), folder.filePath("a.png"), {}), QString());
  ASSERT_EQ(savePdf(sample(), folder.filePath("a.pdf"), {}), QString());
  EXPECT_FALSE(documentIn(folder.filePath("a.png")).has_value());
  EXPECT_FALSE(documentIn(folder.filePath("a.pdf")).has_value());
  EXPECT_FALSE(documentIn(folder.filePath("missing.png")).has_value());
}

TEST(Export, HasTheAskedSizeAndTheThemesColours) {
  for (const ThemeId id : all_themes) {
    ExportOptions options;
    options.size = {400, 300};
    options.scale = 1.5;
    options.theme = id;
    const QImage image = renderFigure(sample(), options);
    EXPECT_EQ(image.size(), QSize(600, 450));
    EXPECT_TRUE(near(image.pixelColor(2, 2), toColour(theme(id).panel), 1));
    EXPECT_GT(count(image, run(id, 1)), 500);
    EXPECT_GT(count(image, toColour(theme(id).text), QRect(0, 0, 200, 60), 60), 20) << "the title";
  }
}

TEST(Export, MayLeaveTheGroundOut) {
  ExportOptions options;
  options.transparent = true;
  const QImage image = renderFigure(sample(), options);
  EXPECT_EQ(image.pixelColor(2, 2).alpha(), 0);
  EXPECT_GT(count(image, run(ThemeId::light, 1)), 500);
}

TEST(Export, SaysWhyAFileCannotBeWritten) {
  EXPECT_NE(savePng(sample(), "/nowhere/at/all.png", {}), QString());
  EXPECT_NE(savePdf(sample(), "/nowhere/at/all.pdf", {}), QString());
}

}  // namespace
}  // namespace kappa::ui
