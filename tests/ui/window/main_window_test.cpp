/// The window driven as a user drives it, and its results beside those of the command line.
#include "ui/window/main_window.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>
#include <algorithm>
#include <filesystem>

#include "tests/support/scratch.hpp"
#include "tests/support/shell.hpp"
#include "tests/ui/await.hpp"
#include "tests/ui/exported.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/charts/export.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/gallery/gallery_card.hpp"
#include "ui/gallery/gallery_page.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/runs/run_form.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_export.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/document_files.hpp"
#include "ui/window/message_strip.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui {
namespace {

using support::shell;
using test::contents;
using test::ScratchDirectory;
using testing::await;

class MainWindowTest : public ::testing::Test {
 protected:
  MainWindowTest() {
    window_.resize(1280, 800);
    window_.show();
    QCoreApplication::processEvents();
  }
  void openCard(const QString& name) {
    for (GalleryCard* card : window_.gallery().cards())
      if (card->entry().name == name) QTest::mouseClick(card, Qt::LeftButton);
  }
  bool finish() {
    if (session_.state() != RunState::finished) window_.actions().run->trigger();
    return await([&] { return session_.state() == RunState::finished && session_.idle(); });
  }
  QString at(const std::string& name) const { return QString::fromStdString(folder_ / name); }

  ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{at("recovery")};
  MainWindow window_{session_, theme_};
};

TEST_F(MainWindowTest, ALiveSessionReplaysByteForByteOnTheCommandLine) {
  openCard("conditioning");
  ASSERT_EQ(session_.name(), "conditioning");
  session_.setSpeed(300);
  window_.actions().run->trigger();
  ASSERT_TRUE(await([&] { return session_.lastStep() >= 20; }));
  window_.actions().run->trigger();
  ASSERT_TRUE(await([&] { return session_.state() == RunState::paused && session_.idle(); }));
  const std::uint64_t paused_at = session_.lastStep();

  NumberField& rate = *window_.setup().runForm()->form()->editor("learning_rate")->row()->numberField();
  rate.selectAll();
  QTest::keyClicks(&rate, "1.5");
  QTest::keyClick(&rate, Qt::Key_Return);
  EXPECT_TRUE(session_.edited());
  window_.actions().run->trigger();
  ASSERT_TRUE(await([&] { return session_.lastStep() >= paused_at + 20; }));
  window_.actions().stop->trigger();
  ASSERT_TRUE(await([&] { return session_.state() == RunState::finished; }));
  EXPECT_FALSE(session_.claims().empty());

  ASSERT_TRUE(testing::exported(session_, at("results")));
  const std::string experiment = folder_ / "results/experiment.kappa.json";
  EXPECT_NE(contents(experiment).find("\"events\""), std::string::npos);
  const auto said = shell(std::string(KAPPA_CLI_PATH) + " run " + experiment + " --out " + folder_ / "again" +
                          " --quiet --no-pictures");
  ASSERT_EQ(said.status, 0) << said.output;
  int compared = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder_ / "results")) {
    if (file.path().extension() != ".csv") continue;
    ++compared;
    EXPECT_EQ(contents(file.path().string()), contents(folder_ / "again/" + file.path().filename().string()))
        << file.path();
  }
  EXPECT_GE(compared, 4);
  EXPECT_EQ(contents(experiment), contents(folder_ / "again/experiment.kappa.json"));
}

TEST_F(MainWindowTest, EveryChartIsExportedInEveryFormat) {
  openCard("conditioning");
  ASSERT_TRUE(finish());
  ASSERT_GE(window_.charts().cards().size(), 4u);
  const std::string document = write_document(session_.recorded(), true);
  const std::pair<const char*, const char*> heads[] = {
      {"png", "\x89PNG"}, {"svg", "<?xml"}, {"pdf", "%PDF"}, {"tex", "%"}, {"csv", "curve,kind,x,value"}};
  for (const ChartCard* card : window_.charts().cards())
    for (const auto& [ending, head] : heads) {
      const QString path = at(card->spec().id + "." + ending);
      const Issues issues = exportFigure(card->figure(900), path, ThemeId::light, document);
      ASSERT_TRUE(issues.empty()) << to_string(issues.front());
      const std::string bytes = contents(path.toStdString());
      const bool begins = bytes.starts_with(head) || (std::string(ending) == "svg" && bytes.starts_with("<svg"));
      EXPECT_TRUE(begins) << path.toStdString() << ": " << bytes.substr(0, 20);
      EXPECT_GT(bytes.size(), 60u) << path.toStdString();
    }
  EXPECT_FALSE(
      exportFigure(window_.charts().cards().front()->figure(900), at("a.gif"), ThemeId::light, document).empty());
}

TEST_F(MainWindowTest, APictureOpensItsExperiment) {
  openCard("conditioning");
  ASSERT_TRUE(finish());
  const std::string document = write_document(session_.recorded(), true);
  ASSERT_TRUE(
      exportFigure(window_.charts().cards().front()->figure(900), at("a.svg"), ThemeId::light, document).empty());
  session_.openDocument(freshDocument(), "other");
  ASSERT_TRUE(window_.files().open(at("a.svg")));
  EXPECT_EQ(session_.document().title, "Conditioning: why momentum wins");
}

TEST_F(MainWindowTest, ABadDocumentShowsAnErrorAndKeepsThePresentOne) {
  openCard("conditioning");
  atomic_write(folder_ / "bad.kappa.json", R"({"kappascope": 1, "steps": -3})");
  EXPECT_FALSE(window_.files().open(at("bad.kappa.json")));
  EXPECT_TRUE(window_.message().isVisible());
  EXPECT_TRUE(window_.message().text().contains("steps"));
  EXPECT_EQ(session_.name(), "conditioning");
  openCard("low_rank_sensing");
  EXPECT_FALSE(window_.message().isVisible());
}

TEST_F(MainWindowTest, EveryGalleryDocumentOpensAndDrawsItsCharts) {
  for (const GalleryItem& item : gallery()) {
    ASSERT_TRUE(window_.files().open(QString::fromStdString(item.name))) << item.name;
    const auto& cards = window_.charts().cards();
    const auto drawn = [](const ChartCard* card) { return !card->view()->figure().title.empty(); };
    ASSERT_FALSE(cards.empty()) << item.name;
    // Cards out of sight are drawn once they are scrolled to.
    for (ChartCard* card : cards) {
      window_.charts().ensureWidgetVisible(card);
      EXPECT_TRUE(QTest::qWaitFor([&] { return drawn(card); }, 10'000)) << item.name << " " << card->spec().id;
    }
    EXPECT_FALSE(window_.message().isVisible()) << item.name << window_.message().text().toStdString();
  }
}

TEST_F(MainWindowTest, SpaceRunsButNotWhileTyping) {
  openCard("conditioning");
  NumberField& rate = *window_.setup().runForm()->form()->editor("learning_rate")->row()->numberField();
  window_.activateWindow();
  rate.setFocus();
  QTest::keyClick(&rate, Qt::Key_Space);
  EXPECT_EQ(session_.state(), RunState::ready);
  window_.charts().setFocus();
  QTest::keyClick(&window_, Qt::Key_Space);
  EXPECT_NE(session_.state(), RunState::ready);
}

TEST_F(MainWindowTest, PanelsFoldTheRightOneFirst) {
  openCard("conditioning");
  const auto shown = [&](const char* name) {
    for (const QWidget* panel : window_.findChildren<QWidget*>())
      if (panel->accessibleName() == name) return !panel->isHidden();
    return false;
  };
  window_.resize(1024, 768);
  QCoreApplication::processEvents();
  EXPECT_FALSE(shown("Results and background"));
  EXPECT_TRUE(shown("Setup"));
  window_.resize(800, 600);
  QCoreApplication::processEvents();
  EXPECT_FALSE(shown("Setup"));
  window_.resize(1280, 800);
  QCoreApplication::processEvents();
  EXPECT_TRUE(shown("Results and background"));
  EXPECT_TRUE(shown("Setup"));
}

TEST_F(MainWindowTest, ChartsFollowTheScrubbedStep) {
  openCard("conditioning");
  ASSERT_TRUE(finish());
  session_.setAtStep(120);
  for (const ChartCard* card : window_.charts().cards())
    EXPECT_TRUE(card->spec().form != FigureForm::spectrum ||
                card->view()->figure().state.find("120") != std::string::npos);
  window_.actions().newest->trigger();
  EXPECT_FALSE(session_.atStep().has_value());
}

}  // namespace
}  // namespace kappa::ui
