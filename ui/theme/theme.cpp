/// Applies a theme: Fusion, a palette from the tokens, the generated style sheet and the window's font.
#include "ui/theme/theme.hpp"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QScreen>
#include <QStyle>
#include <QStyleFactory>
#include <cmath>
#include <memory>

#include "ui/theme/style_sheet.hpp"

namespace kappa::ui {
namespace {

constexpr Type projector_type{16, 14};

bool isDark(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

/// Fusion asks the platform whether it is dark, and keeps doing so after our own palette is set.
bool systemIsDark() {
  const std::unique_ptr<QStyle> fusion(QStyleFactory::create("Fusion"));
  return fusion && isDark(fusion->standardPalette());
}

bool hasEvenDigits(const QFont& font) {
  const QFontMetricsF metrics(font);
  const double width = metrics.horizontalAdvance(u'0');
  for (char16_t digit = u'1'; digit <= u'9'; ++digit)
    if (std::abs(metrics.horizontalAdvance(QChar(digit)) - width) > 0.01) return false;
  return true;
}

QFont sized(const QStringList& families, int pixels, QFont::Weight weight) {
  QFont font;
  font.setFamilies(families);
  font.setPixelSize(pixels);
  font.setWeight(weight);
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

}  // namespace

QColor toColour(Rgb rgb) { return {rgb.r, rgb.g, rgb.b}; }
QColor runColour(const Theme& theme, int index) { return toColour(run_colour(theme, index)); }

Rgb onAccent(const Theme& theme) {
  return contrast(theme.accent, theme.panel) > contrast(theme.accent, theme.text) ? theme.panel : theme.text;
}

int presentingSize() {
  const QScreen* screen = QGuiApplication::primaryScreen();
  return static_cast<int>(std::ceil(18 * (screen ? screen->logicalDotsPerInch() : 96) / 72));
}

Type typeOf(ThemeId id) {
  if (id != ThemeId::projector) return {};
  const int body = QApplication::font().pixelSize();
  return body > projector_type.body ? Type{body, body} : projector_type;
}

QFont uiFont(int pixels, QFont::Weight weight) {
  const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
  return sized({"Inter", "Noto Sans", system, "DejaVu Sans"}, pixels, weight);
}

QFont figureFont(int pixels, QFont::Weight weight) {
  const QFont usual = uiFont(pixels, weight);
  if (hasEvenDigits(usual)) return usual;
  const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
  return sized({"Noto Sans", "DejaVu Sans", system}, pixels, weight);
}

QPalette paletteOf(const Theme& theme) {
  const QColor text = toColour(theme.text), muted = toColour(theme.muted), line = toColour(theme.line);
  const QColor panel = toColour(theme.panel), field = toColour(theme.field), accent = toColour(theme.accent);
  QPalette p;
  p.setColor(QPalette::Window, toColour(theme.window));
  p.setColor(QPalette::WindowText, text);
  p.setColor(QPalette::Base, field);
  p.setColor(QPalette::AlternateBase, panel);
  p.setColor(QPalette::Text, text);
  p.setColor(QPalette::PlaceholderText, muted);
  p.setColor(QPalette::Button, panel);
  p.setColor(QPalette::ButtonText, text);
  p.setColor(QPalette::BrightText, toColour(theme.bad));
  p.setColor(QPalette::ToolTipBase, panel);
  p.setColor(QPalette::ToolTipText, text);
  p.setColor(QPalette::Highlight, accent);
  p.setColor(QPalette::HighlightedText, toColour(onAccent(theme)));
  p.setColor(QPalette::Link, accent);
  p.setColor(QPalette::LinkVisited, accent);
  p.setColor(QPalette::Light, panel);
  p.setColor(QPalette::Midlight, toColour(theme.grid));
  p.setColor(QPalette::Mid, line);
  p.setColor(QPalette::Dark, muted);
  p.setColor(QPalette::Shadow, line);
  const QColor disabled = toColour(mix(theme.muted, theme.panel, 0.75));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
    p.setColor(QPalette::Disabled, role, disabled);
  p.setColor(QPalette::Disabled, QPalette::Highlight, line);
  return p;
}

AppTheme::AppTheme(QApplication& app, QObject* parent, std::function<bool()> system_is_dark)
    : QObject(parent), app_(app), system_is_dark_(system_is_dark ? std::move(system_is_dark) : systemIsDark) {
  system_dark_ = system_is_dark_() || (!app.testAttribute(Qt::AA_SetPalette) && isDark(app.palette()));
  app_.installEventFilter(this);
  choose(ThemeChoice::system);
}

void AppTheme::choose(ThemeChoice choice) {
  choice_ = choice;
  if (presenting_) return emit changed();
  switch (choice) {
    case ThemeChoice::system:
      return apply(system_dark_ ? ThemeId::dark : ThemeId::light);
    case ThemeChoice::light:
      return apply(ThemeId::light);
    case ThemeChoice::dark:
      return apply(ThemeId::dark);
    case ThemeChoice::projector:
      return apply(ThemeId::projector);
  }
}

QString AppTheme::nameOf(ThemeChoice choice) {
  switch (choice) {
    case ThemeChoice::system:
      return tr("Follow the system");
    case ThemeChoice::light:
      return tr("Light");
    case ThemeChoice::dark:
      return tr("Dark");
    case ThemeChoice::projector:
      return tr("Projector");
  }
  return {};
}

void AppTheme::present(bool on) {
  if (on == presenting_) return;
  presenting_ = on;
  on ? apply(ThemeId::projector, true) : choose(choice_);
}

void AppTheme::apply(ThemeId id, bool presenting) {
  const QFont type = uiFont(presenting                 ? presentingSize()
                            : id == ThemeId::projector ? projector_type.body
                                                       : Type{}.body);
  if (applied_ && id == id_ && type.pixelSize() == app_.font().pixelSize()) return;
  applied_ = true;
  id_ = id;
  const Theme& look = tokens();
  app_.setStyle(QStyleFactory::create("Fusion"));
  app_.setFont(type);
  app_.setPalette(paletteOf(look));
  app_.setStyleSheet(styleSheet(look));
  emit changed();
}

bool AppTheme::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ThemeChange) {
    const bool dark = system_is_dark_();
    if (dark != system_dark_) {
      system_dark_ = dark;
      choose(choice_);
    }
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace kappa::ui
