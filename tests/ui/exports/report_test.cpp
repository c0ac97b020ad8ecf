/// The report is well-formed, says everything, and carries its experiment.
#include "ui/exports/report.hpp"

#include <QDropEvent>
#include <QMimeData>
#include <QTextDocument>
#include <QXmlStreamReader>

#include "tests/ui/exported.hpp"
#include "tests/ui/exports/desk.hpp"
#include "ui/forms/wording.hpp"

namespace kappa::ui {
namespace {

class ReportTest : public testing::ExportDesk {
 protected:
  /// To its end, by what the strip then says.
  bool reports(const QString& path) {
    window_.exports().writeReport(path);
    EXPECT_TRUE(testing::await([&] { return window_.message().text().contains(" written"); }));
    return window_.message().text().contains("was written");
  }
};

TEST_F(ReportTest, SaysEverythingAndReopens) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ASSERT_TRUE(reports(at("report.html")));
  const QByteArray html = QByteArray::fromStdString(bytes(at("report.html")));
  EXPECT_TRUE(html.startsWith("<!DOCTYPE html>"));
  QXmlStreamReader xml(html);
  int pictures = 0;
  while (!xml.atEnd()) pictures += xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"svg";
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString() << " in line " << xml.lineNumber();
  EXPECT_EQ(pictures, static_cast<int>(window_.charts().cards().size()));
  QTextDocument page;
  page.setHtml(QString::fromUtf8(html));
  const QString text = page.toPlainText();
  for (const char* said : {"Race & “quotes” <of> two", "Which is faster when κ < 100?", "Momentum, heavy",
                           "Learning rate η 0.1", "Linear regression", "kappascope-cli run", "Polyak"})
    EXPECT_TRUE(text.contains(said)) << said;
  EXPECT_TRUE(
      text.contains(QString::fromUtf8(kappascope_version.data(), static_cast<qsizetype>(kappascope_version.size()))));
  const Libraries used = libraries();
  for (const std::string& version : {std::string(build_flags), used.armadillo, used.openblas_kernel,
                                     used.openblas.substr(0, used.openblas.find_last_not_of(' ') + 1)}) {
    EXPECT_FALSE(version.empty());
    EXPECT_TRUE(text.contains(QString::fromStdString(version).simplified())) << version;
  }
  EXPECT_TRUE(text.contains(QString::fromLatin1(qVersion())));
  for (const char* outside : {"<link", "src=\"http", "@import", "url(http"})
    EXPECT_FALSE(html.contains(outside)) << "the page needs nothing but itself: " << outside;
  EXPECT_TRUE(html.contains("prefers-color-scheme: dark"));
  const std::string document = write_document(session_.document());
  EXPECT_EQ(reopened(at("report.html")), document);
}

TEST_F(ReportTest, HoldsEveryClaimOfAStudyWithItsVerdict) {
  ASSERT_TRUE(window_.files().open("conditioning"));
  session_.run();
  ASSERT_TRUE(testing::await([&] { return session_.state() == RunState::finished && session_.idle(); }));
  ASSERT_FALSE(session_.claims().empty());
  ASSERT_TRUE(reports(at("report.html")));
  QTextDocument page;
  page.setHtml(QString::fromStdString(bytes(at("report.html"))));
  const QString text = page.toPlainText();
  for (const ClaimResult& claim : session_.claims()) {
    EXPECT_TRUE(text.contains(QString::fromStdString(claim.claim).simplified())) << claim.claim;
    EXPECT_TRUE(text.contains(wording::expected(claim))) << claim.expected;
    EXPECT_TRUE(text.contains(QString::fromStdString(format_value(claim.measured)))) << claim.measured;
  }
  const QString before_document = text.left(text.indexOf("To do it again"));
  EXPECT_EQ(before_document.count("Some methods of speeding up the convergence"), 1) << "a paper is listed once";
  EXPECT_GE(text.count("✓ holds") + text.count("✗ fails") + text.count("? unknown"),
            static_cast<int>(session_.claims().size()));
}

TEST_F(ReportTest, DroppingItOnTheWindowReopensTheExperiment) {
  ASSERT_TRUE(finish(testing::smallRace()));
  const std::string document = write_document(session_.document());
  ASSERT_TRUE(reports(at("report.html")));
  ASSERT_TRUE(testing::exported(session_, at("results")));
  for (const char* name : {"report.html", "results/series.csv", "results/pictures/loss.svg"}) {
    Document another;
    another.title = "another";
    session_.openDocument(another, QStringLiteral("another"));
    QMimeData dragged;
    dragged.setUrls({QUrl::fromLocalFile(at(name))});
    QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window_, &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(400, 400), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window_, &drop);
    EXPECT_EQ(write_document(session_.document()), document) << name;
  }
}

TEST_F(ReportTest, ClaimsAreInTheWindowsWords) {
  const auto item = gallery_item("conditioning");
  ASSERT_TRUE(finish(std::get<Document>(parse_document(item->document))));
  ASSERT_TRUE(reports(at("report.html")));
  const QString text = QString::fromStdString(bytes(at("report.html")));
  int in_words = 0;
  for (const ClaimResult& claim : session_.claims()) {
    if (!claim.holds) continue;
    in_words += !claim.measured_words.empty();
    for (const QString& told : {wording::expected(claim), wording::measured(claim)})
      EXPECT_TRUE(text.contains(u'>' + told.toHtmlEscaped() + u'<')) << told.toStdString();
  }
  EXPECT_GT(in_words, 0);
}

TEST_F(ReportTest, AFailureIsToldOnTheStrip) {
  ASSERT_TRUE(finish(testing::smallRace()));
  EXPECT_FALSE(reports(at("missing/report.html")));
  EXPECT_TRUE(window_.message().text().contains("was not written")) << window_.message().text().toStdString();
  EXPECT_EQ(files(), 0u);
}

}  // namespace
}  // namespace kappa::ui
