/// Every theme is legible, and the application follows the chosen one.
#include "ui/theme/theme.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QFontMetricsF>
#include <QLineEdit>
#include <QPainter>
#include <QSignalSpy>

#include "ui/forms/run_chip.hpp"
#include "ui/runs/run_menu.hpp"
#include "ui/theme/style_sheet.hpp"

namespace kappa::ui {
namespace {

class ThemeContrast : public ::testing::TestWithParam<ThemeId> {};

INSTANTIATE_TEST_SUITE_P(Themes, ThemeContrast, ::testing::ValuesIn(all_themes),
                         [](const auto& param_info) { return std::string(theme(param_info.param).name); });

TEST_P(ThemeContrast, WordsMeetAaOnEveryGround) {
  const Theme& t = theme(GetParam());
  for (const Rgb ground : {t.window, t.panel, t.field})
    for (const Rgb ink : {t.text, t.muted, t.accent, t.good, t.bad})
      EXPECT_GE(contrast(ink, ground), 4.5) << to_hex(ink) << " on " << to_hex(ground);
  EXPECT_GE(contrast(onAccent(t), t.accent), 4.5);
  EXPECT_GE(contrast(mix(t.muted, t.panel, 0.75), t.window), 3.0) << "what cannot be changed is still read";
}

TEST_P(ThemeContrast, CurvesStandOffTheirGround) {
  const Theme& t = theme(GetParam());
  for (const Rgb run : t.runs) EXPECT_GE(contrast(run, t.panel), 3.0) << to_hex(run);
}

/// A marker's middle against what is painted around it, on a chip (whose own ground is another) and in a row.
TEST_P(ThemeContrast, MarkersStandOffTheirGroundOnChipsAndRowsToo) {
  AppTheme look(*qApp);
  look.choose(GetParam() == ThemeId::light  ? ThemeChoice::light
              : GetParam() == ThemeId::dark ? ThemeChoice::dark
                                            : ThemeChoice::projector);
  const auto rgb = [](const QImage& image, QPointF at) {
    const QColor c = image.pixelColor((at * image.devicePixelRatio()).toPoint());
    return Rgb{static_cast<std::uint8_t>(c.red()), static_cast<std::uint8_t>(c.green()),
               static_cast<std::uint8_t>(c.blue())};
  };
  const int colours = static_cast<int>(theme(GetParam()).runs.size());
  for (int colour = 0; colour < colours; ++colour) {
    RunChip chip(look);
    chip.setRun("Run", "η 0.1", colour, run_marker(colour));
    chip.resize(chip.sizeHint());
    const QImage image = chip.grab().toImage();
    const QPointF middle(16, 16);
    const Rgb ink = rgb(image, middle);
    EXPECT_EQ(to_hex(ink), to_hex(theme(GetParam()).runs[static_cast<std::size_t>(colour)]));
    for (const QPointF& off : {QPointF(0, 9), QPointF(9, 0), QPointF(-9, 0)})
      EXPECT_GE(contrast(ink, rgb(image, middle + off)), 3.0) << colour;
    for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Selected}) {
      QImage row(16, 16, QImage::Format_ARGB32);
      row.fill(toColour(mix(theme(GetParam()).accent, theme(GetParam()).panel, 0.10)));  // a chosen row's
      QPainter painter(&row);
      markerIcon(look, colour).paint(&painter, row.rect(), Qt::AlignCenter, mode);
      painter.end();
      EXPECT_GE(contrast(rgb(row, {8, 8}), rgb(row, {8, 15})), 3.0) << colour;
    }
  }
  look.choose(ThemeChoice::light);
}

TEST_P(ThemeContrast, ThePaletteIsMadeOfTheTokens) {
  const Theme& t = theme(GetParam());
  const QPalette palette = paletteOf(t);
  EXPECT_EQ(palette.color(QPalette::Window), toColour(t.window));
  EXPECT_EQ(palette.color(QPalette::Text), toColour(t.text));
  EXPECT_EQ(palette.color(QPalette::Base), toColour(t.field));
  EXPECT_EQ(palette.color(QPalette::Highlight), toColour(t.accent));
}

TEST_P(ThemeContrast, TheSheetHasNoNameLeftOpen) {
  const QString sheet = styleSheet(theme(GetParam()));
  EXPECT_FALSE(sheet.contains('@')) << sheet.mid(sheet.indexOf('@'), 40).toStdString();
  EXPECT_TRUE(sheet.contains(QString::fromStdString(to_hex(theme(GetParam()).accent))));
}

TEST(AppTheme, FollowsTheChoiceAndTellsOnce) {
  AppTheme look(*qApp);
  look.choose(ThemeChoice::light);
  QSignalSpy changed(&look, &AppTheme::changed);
  look.choose(ThemeChoice::dark);
  EXPECT_EQ(changed.count(), 1);
  EXPECT_EQ(qApp->palette().color(QPalette::Window), toColour(theme(ThemeId::dark).window));
  look.choose(ThemeChoice::dark);
  EXPECT_EQ(changed.count(), 1);
  look.choose(ThemeChoice::projector);
  EXPECT_EQ(look.id(), ThemeId::projector);
  EXPECT_GT(qApp->font().pixelSize(), 13);
  look.choose(ThemeChoice::system);
  EXPECT_NE(look.id(), ThemeId::projector);
  for (const ThemeChoice choice : {ThemeChoice::system, ThemeChoice::light, ThemeChoice::dark, ThemeChoice::projector})
    EXPECT_FALSE(AppTheme::nameOf(choice).isEmpty());
}

TEST(AppTheme, FollowsTheSystemWhenItChanges) {
  bool dark = false;
  AppTheme look(*qApp, nullptr, [&] { return dark; });
  EXPECT_EQ(look.id(), ThemeId::light);
  QWidget window;
  const auto changed = [&](bool now) {
    dark = now;
    QEvent event(QEvent::ThemeChange);
    QCoreApplication::sendEvent(&window, &event);
  };
  changed(true);
  EXPECT_EQ(look.id(), ThemeId::dark);
  EXPECT_EQ(qApp->palette().color(QPalette::Window), toColour(theme(ThemeId::dark).window));
  look.choose(ThemeChoice::projector);
  changed(false);
  EXPECT_EQ(look.id(), ThemeId::projector);  // only who follows is moved
  look.choose(ThemeChoice::system);
  EXPECT_EQ(look.id(), ThemeId::light);
}

/// Texts on tinted and filled grounds, as the style sheet has them.
TEST_P(ThemeContrast, WordsMeetAaOnTintedGroundsToo) {
  const Theme& t = theme(GetParam());
  const Rgb tint = mix(t.accent, t.panel, 0.10), hover = mix(t.accent, t.text, 0.88);
  EXPECT_GE(contrast(t.text, tint), 4.5);
  EXPECT_GE(contrast(onAccent(t), hover), 4.5);
  EXPECT_GE(contrast(t.muted, tint), 4.5) << to_hex(tint);
  EXPECT_GE(contrast(t.accent, t.window), 3.0);  // the edge that shows the focus
}

TEST(AppTheme, FieldsTakeItsColoursAndShowTheirFocus) {
  AppTheme look(*qApp);
  for (const auto& [choice, id] :
       {std::pair{ThemeChoice::light, ThemeId::light}, std::pair{ThemeChoice::dark, ThemeId::dark}}) {
    look.choose(choice);
    QLineEdit field;
    field.resize(80, 24);
    field.show();
    field.clearFocus();
    QCoreApplication::processEvents();
    QImage image = field.grab().toImage();
    EXPECT_EQ(image.pixelColor(40, 12), toColour(theme(id).field));
    field.activateWindow();
    field.setFocus();
    QCoreApplication::processEvents();
    ASSERT_TRUE(field.hasFocus());
    image = field.grab().toImage();
    EXPECT_EQ(image.pixelColor(40, 0), toColour(theme(id).accent));
    EXPECT_EQ(image.pixelColor(40, 1), toColour(theme(id).accent));
  }
}

TEST(AppTheme, NumbersThatChangeInPlaceHaveEvenDigits) {
  const QFontMetricsF metrics(figureFont(13));
  for (const QChar digit : QStringLiteral("123456789"))
    EXPECT_NEAR(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(u'0'), 0.01);
}

}  // namespace
}  // namespace kappa::ui
