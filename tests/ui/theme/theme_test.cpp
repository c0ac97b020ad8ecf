/// Every theme is legible, and the application follows the chosen one.
#include "ui/theme/theme.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QFontMetricsF>
#include <QLineEdit>
#include <QSignalSpy>

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
}

TEST_P(ThemeContrast, CurvesStandOffTheirGround) {
  const Theme& t = theme(GetParam());
  for (const Rgb run : t.runs) EXPECT_GE(contrast(run, t.panel), 3.0) << to_hex(run);
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
