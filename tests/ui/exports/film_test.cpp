/// Films read back with another reader: frames, moments, colours, the document, and nothing left of a cancelled one.
#include "ui/exports/film.hpp"

#include <QDir>
#include <QImageReader>
#include <QMovie>
#include <QProgressBar>

#include "tests/ui/exports/desk.hpp"
#include "ui/exports/film_dialog.hpp"
#include "ui/exports/gif_file.hpp"

namespace kappa::ui {
namespace {

class FilmTest : public testing::ExportDesk {
 protected:
  FilmDialog& open() {
    window_.actions().exportFilm->trigger();
    auto* dialog = window_.findChild<FilmDialog*>();
    EXPECT_NE(dialog, nullptr);
    return *dialog;
  }
  bool ended(FilmDialog& dialog) {
    return testing::await([&] { return !dialog.busy(); });
  }
  static Document bowl() {
    Document document = testing::smallRace();
    document.problem = {Kind::problem, "landscape", {{"function", std::string("rosenbrock")}}};
    document.runs.resize(1);
    document.runs[0].optimizer.params["learning_rate"] = 0.001;
    document.probes = {{Kind::probe, "loss", {}}, {Kind::probe, "path", {}}};
    return document;
  }
};

TEST_F(FilmTest, StepsAreEvenAndDifferent) {
  EXPECT_EQ(filmSteps(0, 10, 3), (std::vector<std::uint64_t>{0, 5, 10}));
  EXPECT_EQ(filmSteps(4, 2, 100), (std::vector<std::uint64_t>{2, 3, 4}));
  EXPECT_EQ(filmSteps(7, 7, 5), (std::vector<std::uint64_t>{7}));
}

TEST_F(FilmTest, AGifPlaysTheRunAndReopensIt) {
  ASSERT_TRUE(finish(bowl()));
  FilmDialog& dialog = open();
  type(dialog, "Frames", 12);
  type(dialog, "Width in pixels", 400);
  type(dialog, "Height in pixels", 300);
  dialog.writeTo(at("film.gif"));
  ASSERT_TRUE(ended(dialog));
  EXPECT_TRUE(dialog.message().contains("film.gif")) << dialog.message().toStdString();
  QMovie movie(at("film.gif"));
  ASSERT_TRUE(movie.isValid());
  EXPECT_EQ(movie.frameCount(), 12);
  ASSERT_TRUE(movie.jumpToFrame(0));
  EXPECT_EQ(movie.currentImage().size(), QSize(400, 300));
  const QImage first = movie.currentImage().convertToFormat(QImage::Format_RGB32);
  EXPECT_EQ(first.pixelColor(1, 1), toColour(theme(theme_.id()).panel)) << "the theme's colours are exact";
  QImageReader reader(at("film.gif"));  // the movie takes off what it has spent on decoding
  ASSERT_FALSE(reader.read().isNull());
  EXPECT_EQ(reader.nextImageDelay(), 50);
  while (movie.currentFrameNumber() < 11) ASSERT_TRUE(movie.jumpToNextFrame());
  EXPECT_NE(movie.currentImage().convertToFormat(QImage::Format_RGB32), first);
  const std::string document = write_document(session_.document());
  EXPECT_EQ(reopened(at("film.gif")), document);
}

TEST_F(FilmTest, FramesAreWhatThePainterDrew) {
  ASSERT_TRUE(finish(bowl()));
  FilmPlan plan;
  for (const ChartCard* card : window_.charts().cards()) plan.charts.push_back({card->spec(), card->options(400)});
  plan.look.size = {400, 300};
  plan.look.scale = 1;
  plan.look.fonts = paperFonts(ThemeId::light);
  plan.steps = filmSteps(0, 60, 7);
  plan.path = at("all.gif");
  const WorkEnd end = makeFilm(plan, session_.trace(), [](int, int) { return true; });
  ASSERT_EQ(end.how, WorkEnd::How::written) << end.sentence.toStdString();
  QMovie movie(plan.path);
  FilmPainter painter(plan, session_.trace());
  for (const std::uint64_t step : plan.steps) {
    ASSERT_TRUE(movie.jumpToNextFrame());
    const QImage read = movie.currentImage().convertToFormat(QImage::Format_RGB32), drawn = painter.frame(step);
    double off = 0;
    for (int y = 0; y < 300; ++y)
      for (int x = 0; x < 400; ++x) {
        const QColor a = read.pixelColor(x, y), b = drawn.pixelColor(x, y);
        off += std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
      }
    EXPECT_LT(off / (400 * 300), 1.0) << "mean error of a pixel at step " << step;
  }
}

TEST_F(FilmTest, FramesMayBePictures) {
  ASSERT_TRUE(finish(bowl()));
  FilmDialog& dialog = open();
  choose(dialog, "Format", 1);
  type(dialog, "Frames", 5);
  dialog.writeTo(at("frames"));
  ASSERT_TRUE(ended(dialog));
  EXPECT_EQ(QDir(at("frames")).entryList(QDir::Files).size(), 5);
  EXPECT_EQ(documentIn(at("frames/frame-0005.png")).value_or(QByteArray()).toStdString(),
            write_document(session_.recorded(), true));
  dialog.writeTo(at("frames"));
  ASSERT_TRUE(ended(dialog));
  EXPECT_TRUE(dialog.message().contains("not an empty folder")) << dialog.message().toStdString();
}

TEST_F(FilmTest, CancelLeavesNothing) {
  ASSERT_TRUE(finish(bowl()));
  FilmDialog& dialog = open();
  for (const int format : {0, 1}) {
    choose(dialog, "Format", format);
    type(dialog, "Frames", 61);
    dialog.writeTo(at("given up"));
    ASSERT_TRUE(testing::await([&] { return button(dialog, "Cancel") != nullptr; }));
    EXPECT_TRUE(dialog.findChild<QProgressBar*>()->isVisible());
    QTest::mouseClick(button(dialog, "Cancel"), Qt::LeftButton);
    ASSERT_TRUE(ended(dialog));
    EXPECT_TRUE(dialog.message().contains("Cancelled")) << dialog.message().toStdString();
  }
  EXPECT_EQ(files(), 0u);
}

TEST_F(FilmTest, AFolderThatIsNotThereIsOneSentence) {
  ASSERT_TRUE(finish(bowl()));
  FilmDialog& dialog = open();
  type(dialog, "Frames", 3);
  dialog.writeTo(at("missing/film.gif"));
  ASSERT_TRUE(ended(dialog));
  EXPECT_TRUE(dialog.message().contains("was not written")) << dialog.message().toStdString();
  EXPECT_EQ(files(), 0u);
}

TEST_F(FilmTest, ClosingTheDialogTellsTheWorkToStopAndDoesNotWait) {
  ASSERT_TRUE(finish(bowl()));
  FilmDialog& dialog = open();
  type(dialog, "Frames", 61);
  type(dialog, "Width in pixels", 3000);
  type(dialog, "Height in pixels", 2000);
  dialog.writeTo(at("film.gif"));
  ASSERT_TRUE(testing::await([&] { return button(dialog, "Cancel") != nullptr; }));
  QStringList order;
  QObject::connect(&dialog, &QDialog::finished, [&] { order << "gone"; });
  QObject::connect(&dialog, &FilmDialog::ended, [&](const WorkEnd& end) {
    order << (end.how == WorkEnd::How::cancelled ? "cancelled" : "written");
  });
  window_.exports().close();
  EXPECT_FALSE(dialog.isVisible());
  EXPECT_TRUE(dialog.busy()) << "the work has not ended, and nobody has waited for it";
  ASSERT_TRUE(ended(dialog));
  EXPECT_EQ(order, QStringList({"gone", "cancelled"}));
  EXPECT_LT(dialog.findChild<QProgressBar*>()->value(), 61);
  EXPECT_EQ(files(), 0u);
}

TEST_F(FilmTest, ToldToStopAtAnyMomentItLeavesNothing) {
  ASSERT_TRUE(finish(bowl()));
  ASSERT_EQ(make_directory(folder_ / "stopped"), std::nullopt);
  FilmPlan plan;
  plan.charts = {planned(*window_.charts().cards().front(), 200)};
  plan.look.size = {200, 150};
  plan.look.scale = 1;
  plan.look.fonts = paperFonts(ThemeId::light);
  plan.steps = {0, 30, 60};
  for (const bool gif : {true, false}) {
    plan.gif = gif;
    plan.path = at(gif ? "stopped/film.gif" : "stopped/frames");
    int moment = 0;
    for (bool written = false; !written; ++moment) {
      ASSERT_LT(moment, 1000);
      const WorkEnd end = makeFilm(plan, session_.trace(), [left = moment](int, int) mutable { return left-- > 0; });
      written = end.how == WorkEnd::How::written;
      ASSERT_NE(end.how, WorkEnd::How::failed) << end.sentence.toStdString();
      EXPECT_EQ(QDir(at("stopped")).isEmpty(), !written) << "moment " << moment;
    }
    EXPECT_GT(moment, 5);
    std::filesystem::remove_all(plan.path.toStdString());
  }
}

TEST(Quantiser, KeepsFewColoursAsTheyAre) {
  QImage image(64, 64, QImage::Format_RGB32);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) image.setPixel(x, y, qRgb(x / 8 * 30, y / 8 * 30, 77));
  Quantiser palette({image}, {qRgb(1, 2, 3)});
  EXPECT_EQ(palette.colours().size(), 65u);
  const auto indices = palette.indices(image);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x)
      ASSERT_EQ(palette.colours()[indices[static_cast<std::size_t>(64 * y + x)]], image.pixel(x, y));
}

TEST(Quantiser, IsNearWhereThereAreMany) {
  QImage image(256, 256, QImage::Format_RGB32);
  for (int y = 0; y < 256; ++y)
    for (int x = 0; x < 256; ++x) image.setPixel(x, y, qRgb(x, y, (x + y) / 2));
  Quantiser palette({image}, {});
  EXPECT_LE(palette.colours().size(), 255u);
  const auto indices = palette.indices(image);
  double off = 0;
  for (int y = 0; y < 256; ++y)
    for (int x = 0; x < 256; ++x) {
      const QRgb a = palette.colours()[indices[static_cast<std::size_t>(256 * y + x)]], b = image.pixel(x, y);
      off += std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b));
    }
  EXPECT_LT(off / (3 * 256 * 256), 6.0);
}

}  // namespace
}  // namespace kappa::ui
