/// The export dialog by its own controls: every scope and format, read back.
#include "ui/exports/export_dialog.hpp"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QImageReader>
#include <QMimeData>
#include <QProgressBar>
#include <QSettings>
#include <QSvgRenderer>
#include <QXmlStreamReader>

#include "tests/ui/exports/desk.hpp"
#include "ui/charts/export.hpp"
#include "ui/exports/preview.hpp"

namespace kappa::ui {
namespace {

class ExportDialogTest : public testing::ExportDesk {
 protected:
  ExportDialog& open() {
    window_.actions().exportCharts->trigger();
    auto* dialog = window_.findChild<ExportDialog*>();
    EXPECT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_FALSE(dialog->isModal()) << "runs go on, and the window stays in reach";
    return *dialog;
  }
  /// Presses Export and types the name into the file chooser.
  void writeBy(ExportDialog& dialog, const QString& path) {
    QPushButton* button = ExportDialogTest::button(dialog, "Export…");
    ASSERT_NE(button, nullptr);
    QTest::mouseClick(button, Qt::LeftButton);
    QFileDialog* chooser = nullptr;
    ASSERT_TRUE(testing::await([&] { return (chooser = dialog.findChild<QFileDialog*>()) && chooser->isVisible(); }));
    auto* name = chooser->findChild<QLineEdit*>("fileNameEdit");
    ASSERT_NE(name, nullptr);
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    const QPointer<QFileDialog> gone(chooser);
    ASSERT_TRUE(testing::await([&] { return !gone || !gone->isVisible(); }));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    ASSERT_TRUE(testing::await([&] { return !dialog.busy(); }));
  }
  /// To its end; whether it was written.
  static bool writes(ExportDialog& dialog, const QString& path) {
    auto how = WorkEnd::How::failed;
    const auto heard = QObject::connect(&dialog, &ExportDialog::ended, [&](const WorkEnd& end) { how = end.how; });
    dialog.writeTo(path);
    EXPECT_TRUE(testing::await([&] { return !dialog.busy(); }));
    QObject::disconnect(heard);
    return how == WorkEnd::How::written;
  }
  static void chooseLarge(ExportDialog& dialog) {
    choose(dialog, "What to export", 0);
    choose(dialog, "Format", 0);
    choose(dialog, "Size", 4);
    choose(dialog, "Unit", 1);
    type(dialog, "Width", 300);
    type(dialog, "Height", 200);
    type(dialog, "Scale of type and lines", 500);
  }
  ExportPlan planOf(ExportFormat format, bool all_data) {
    ExportPlan plan{.format = format, .all_data = all_data, .title = {}, .options = {}, .files = {}};
    plan.options.size = {300, 200};
    plan.options.fonts = paperFonts(ThemeId::light);
    plan.options.document = QByteArray::fromStdString(write_document(session_.recorded(), true));
    plan.files = {{at("stopped/file"), {planned(*window_.charts().cards().front(), 300)}}};
    return plan;
  }
};

TEST_F(ExportDialogTest, ALargePictureIsWrittenBesideTheWindowAndSaidOnItsStrip) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ExportDialog& dialog = open();
  chooseLarge(dialog);
  dialog.writeTo(at("large.png"));
  EXPECT_TRUE(dialog.busy()) << "the window's thread has gone on";
  ASSERT_TRUE(testing::await([&] { return button(dialog, "Cancel") != nullptr; }));
  EXPECT_TRUE(dialog.findChild<QProgressBar*>()->isVisible());
  ASSERT_TRUE(testing::await([&] { return !dialog.busy(); }));
  EXPECT_TRUE(window_.message().text().contains("large.png was written")) << window_.message().text().toStdString();
  EXPECT_EQ(button(dialog, "Cancel"), nullptr);
  QImageReader::setAllocationLimit(0);
  QImageReader reader(at("large.png"));
  EXPECT_EQ(reader.size().width(), std::lround(300 / 25.4 * 500));
}

TEST_F(ExportDialogTest, CancelledOrClosedItLeavesNothing) {
  ASSERT_TRUE(finish(testing::smallRace()));
  for (const bool by_button : {true, false}) {
    ExportDialog& dialog = open();
    chooseLarge(dialog);
    dialog.writeTo(at("large.png"));
    if (by_button) {
      ASSERT_TRUE(testing::await([&] { return button(dialog, "Cancel") != nullptr; }));
      QTest::mouseClick(button(dialog, "Cancel"), Qt::LeftButton);
      EXPECT_TRUE(dialog.isVisible());
    } else {
      window_.exports().close();
      EXPECT_FALSE(dialog.isVisible()) << "it goes at once";
      EXPECT_TRUE(dialog.busy());
    }
    ASSERT_TRUE(testing::await([&] { return !dialog.busy(); }));
    EXPECT_TRUE(dialog.message().contains("Cancelled")) << dialog.message().toStdString();
    EXPECT_EQ(files(), 0u);
  }
}

TEST_F(ExportDialogTest, ToldToStopAtAnyMomentItLeavesNothing) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ASSERT_EQ(make_directory(folder_ / "stopped"), std::nullopt);
  for (int format = 0; format < 6; ++format) {
    const ExportPlan plan = planOf(static_cast<ExportFormat>(std::min(format, 4)), format == 5);
    int moment = 0;
    for (bool written = false; !written; ++moment) {
      ASSERT_LT(moment, 1000);
      const WorkEnd end =
          writeExports(plan, session_.trace(), [left = moment](int, int) mutable { return left-- > 0; });
      written = end.how == WorkEnd::How::written;
      ASSERT_NE(end.how, WorkEnd::How::failed) << end.sentence.toStdString();
      EXPECT_EQ(QDir(at("stopped")).isEmpty(), !written) << "format " << format << ", moment " << moment;
    }
    EXPECT_GT(moment, 2);
    std::filesystem::remove((folder_ / "stopped") + "/file");
  }
}

TEST_F(ExportDialogTest, EveryFormatOfOneChartReopensTheExperiment) {
  ASSERT_TRUE(finish(testing::smallRace()));
  const std::string document = write_document(session_.document());
  const char* heads[] = {"\x89PNG", "<?xml", "%PDF", "%", "curve,kind,x,value\n"};
  for (int format = 0; format < 5; ++format) {
    ExportDialog& dialog = open();
    choose(dialog, "What to export", 0);
    choose(dialog, "Format", format);
    const QString path = at("chart.") + endingOf(static_cast<ExportFormat>(format));
    writeBy(dialog, path);
    EXPECT_TRUE(bytes(path).starts_with(heads[format])) << dialog.message().toStdString();
    EXPECT_TRUE(dialog.message().contains(path));
    dialog.close();
    EXPECT_EQ(reopened(path), document) << path.toStdString();
    ASSERT_TRUE(finish(testing::smallRace()));
  }
  EXPECT_EQ(files(), 5u);
}

TEST_F(ExportDialogTest, TheWholeFigureHoldsEveryChart) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ExportDialog& dialog = open();
  choose(dialog, "What to export", 1);
  choose(dialog, "Format", 1);
  ASSERT_TRUE(writes(dialog, at("all.svg")));
  const QByteArray svg = QByteArray::fromStdString(bytes(at("all.svg")));
  EXPECT_TRUE(QSvgRenderer(svg).isValid());
  QXmlStreamReader xml(svg);
  QStringList texts;
  while (!xml.atEnd())
    if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"text") texts << xml.readElementText();
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  EXPECT_TRUE(texts.contains("Race & “quotes” <of> two"));
  for (const ChartCard* card : window_.charts().cards())
    EXPECT_TRUE(texts.contains(QString::fromStdString(card->spec().title)));
  choose(dialog, "Format", 2);
  ASSERT_TRUE(writes(dialog, at("all.pdf")));
  choose(dialog, "Format", 0);
  ASSERT_TRUE(writes(dialog, at("all.png")));
  EXPECT_EQ(reopened(at("all.pdf")), reopened(at("all.png")));
}

TEST_F(ExportDialogTest, DataAsOneFigureIsNotOffered) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ExportDialog& dialog = open();
  choose(dialog, "Format", 4);
  choose(dialog, "What to export", 1);
  EXPECT_EQ(dialog.choice().format, ExportFormat::png);
  choose(dialog, "Format", 3);
  EXPECT_EQ(dialog.choice().what, ExportWhat::chart);
}

TEST_F(ExportDialogTest, EachChartIsAFileAndOthersAreNotReplacedUnasked) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ExportDialog& dialog = open();
  choose(dialog, "What to export", 2);
  choose(dialog, "Format", 4);
  const std::string first = window_.charts().cards().front()->spec().id;
  atomic_write(folder_ / ("race-" + first + ".csv"), "mine");
  EXPECT_FALSE(writes(dialog, at("")));
  EXPECT_TRUE(dialog.message().contains(QString::fromStdString("race-" + first + ".csv")));
  EXPECT_EQ(bytes(at("race-" + first + ".csv")), "mine");
  EXPECT_TRUE(writes(dialog, at(""))) << "asked for once more";
  EXPECT_EQ(files(), window_.charts().cards().size());
  EXPECT_TRUE(bytes(at("race-" + first + ".csv")).starts_with("curve,"));
}

TEST_F(ExportDialogTest, SizesAreExact) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ExportDialog& dialog = open();
  choose(dialog, "What to export", 0);
  choose(dialog, "Format", 0);
  choose(dialog, "Size", 3);
  ASSERT_TRUE(writes(dialog, at("slide.png")));
  EXPECT_EQ(QImage(at("slide.png")).size(), QSize(1920, 1080));
  choose(dialog, "Size", 1);
  type(dialog, "Scale of type and lines", 600);
  ASSERT_TRUE(writes(dialog, at("column.png")));
  const QImage column(at("column.png"));
  EXPECT_EQ(column.width(), std::lround(85 / 25.4 * 600));
  EXPECT_NEAR(column.dotsPerMeterX() * 0.0254, 600, 0.5) << "printers place it at 85 mm";
  choose(dialog, "Size", 2);
  choose(dialog, "Format", 2);
  ASSERT_TRUE(writes(dialog, at("page.pdf")));
  const QByteArray pdf = QByteArray::fromStdString(bytes(at("page.pdf")));
  const auto box = pdf.indexOf("/MediaBox");
  ASSERT_GE(box, 0);
  EXPECT_TRUE(pdf.mid(box, 60).contains("493")) << pdf.mid(box, 60).toStdString() << ": 174 mm are 493 points";
}

TEST_F(ExportDialogTest, ThemeAndGroundAreAsChosen) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ExportDialog& dialog = open();
  choose(dialog, "What to export", 0);
  choose(dialog, "Format", 0);
  choose(dialog, "Colours", 2);
  ASSERT_TRUE(writes(dialog, at("dark.png")));
  EXPECT_EQ(QImage(at("dark.png")).pixelColor(1, 1), toColour(theme(ThemeId::dark).panel));
  auto* ground = named<QCheckBox>(dialog, "Transparent ground");
  QTest::mouseClick(ground, Qt::LeftButton);
  ASSERT_TRUE(ground->isChecked());
  ASSERT_TRUE(writes(dialog, at("clear.png")));
  EXPECT_EQ(QImage(at("clear.png")).pixelColor(1, 1).alpha(), 0);
  auto* preview = dialog.findChild<ExportPreview*>();
  EXPECT_EQ(preview->picture().pixelColor(1, 1).alpha(), 0) << "the preview shows what will be written";
}

TEST_F(ExportDialogTest, AllDataIsEveryRecordedValue) {
  ASSERT_TRUE(finish(testing::smallRace()));
  session_.setHidden("GD", true);
  ExportDialog& dialog = open();
  choose(dialog, "What to export", 0);
  choose(dialog, "Format", 4);
  choose(dialog, "Which data", 1);
  ASSERT_TRUE(writes(dialog, at("all.csv")));
  const QStringList lines = QString::fromStdString(bytes(at("all.csv"))).split(u'\n', Qt::SkipEmptyParts);
  EXPECT_EQ(lines.front(), "run,repeat,step,series,value");
  EXPECT_EQ(lines.size(), 1 + 2 * 61 + 1) << "both runs, hidden or not, and the comment";
  EXPECT_TRUE(lines[1].startsWith("GD,0,0,loss,"));
  EXPECT_TRUE(lines[62].startsWith("\"Momentum, heavy\",0,0,loss,"));
  EXPECT_TRUE(lines.back().startsWith("# kappascope document: "));
  EXPECT_EQ(dialog.findChild<ExportPreview*>()->text().section(u'\n', 0, 0), lines.front());
}

TEST_F(ExportDialogTest, AFailureIsOneSentenceAndLeavesNothing) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ExportDialog& dialog = open();
  choose(dialog, "What to export", 0);
  for (int format = 0; format < 5; ++format) {
    choose(dialog, "Format", format);
    EXPECT_FALSE(writes(dialog, at("missing/folder/chart.x")));
    EXPECT_TRUE(dialog.message().contains("was not written")) << dialog.message().toStdString();
    EXPECT_FALSE(dialog.message().contains(u'\n'));
  }
  choose(dialog, "Which data", 1);
  EXPECT_FALSE(writes(dialog, at("missing/folder/chart.csv")));
  EXPECT_EQ(files(), 0u);
}

TEST_F(ExportDialogTest, TheLastChoiceIsRemembered) {
  QSettings settings(at("settings.ini"), QSettings::IniFormat);
  ExportChoice choice;
  choice.what = ExportWhat::figure;
  choice.format = ExportFormat::pdf;
  choice.look = ExportLook::projector;
  choice.preset = "own";
  choice.size = {true, 120.5, 80, 2, 450};
  choice.transparent = choice.all_data = true;
  rememberChoice(choice, &settings);
  const ExportChoice again = recallChoice(&settings);
  EXPECT_EQ(again.what, choice.what);
  EXPECT_EQ(again.format, choice.format);
  EXPECT_EQ(again.look, choice.look);
  EXPECT_EQ(again.preset, choice.preset);
  EXPECT_EQ(again.size, choice.size);
  EXPECT_TRUE(again.transparent && again.all_data);
  settings.setValue("export/width", "-7");
  settings.setValue("export/format", 99);
  EXPECT_GT(recallChoice(&settings).size.width, 0) << "a spoilt file does no harm";
  EXPECT_EQ(recallChoice(&settings).format, ExportFormat::png);
}

TEST_F(ExportDialogTest, CopiesThePictureAndTheTable) {
  ASSERT_TRUE(finish(testing::smallRace()));
  QApplication::clipboard()->clear();
  window_.actions().copyChart->trigger();
  ASSERT_TRUE(testing::await([] {
    const QMimeData* now = QApplication::clipboard()->mimeData();  // null where there is nothing
    return now && now->hasImage();
  }));
  const QMimeData* data = QApplication::clipboard()->mimeData();
  ASSERT_TRUE(data->hasImage());
  EXPECT_GT(qvariant_cast<QImage>(data->imageData()).width(), 300);
  const auto inside = embedded_document(data->data("image/svg+xml").toStdString());
  ASSERT_TRUE(inside.has_value());
  EXPECT_NE(inside->find("Race & “quotes”"), std::string::npos);
  window_.actions().copyData->trigger();
  const QString table = QApplication::clipboard()->text();
  EXPECT_TRUE(table.startsWith("curve\tkind\tx\tvalue\n"));
  EXPECT_TRUE(table.contains("\"Momentum, heavy\"\tmeasured\t0\t"));
}

TEST_F(ExportDialogTest, FollowsTheDocument) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ExportDialog& dialog = open();
  Document next = testing::smallRace();
  next.probes = {{Kind::probe, "loss", {}}};
  session_.openDocument(next, "next");
  auto* chart = named<ChoiceField>(dialog, "Chart");
  EXPECT_TRUE(testing::await([&] { return chart->count() == 1; }));
  session_.run();
  EXPECT_TRUE(testing::await([&] { return session_.state() == RunState::finished; })) << "an open dialog stops no run";
  QTest::keyClick(&dialog, Qt::Key_Escape);
  EXPECT_FALSE(dialog.isVisible());
}

}  // namespace
}  // namespace kappa::ui
