/// Turns the dialog's words into what painters and writers need.
#include "ui/exports/export_choice.hpp"

#include <QCoreApplication>
#include <QSettings>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double css_dots = 96, inch = 25.4;
constexpr double most_high = 240;  // millimetres that a page has

QString said(const char* text) { return QCoreApplication::translate("ExportChoice", text); }

QString keyOf(const char* name) { return QStringLiteral("export/") + QLatin1String(name); }

template <class Enum>
Enum recallEnum(const QSettings& settings, const char* name, Enum usual, int count) {
  const int value = settings.value(keyOf(name), static_cast<int>(usual)).toInt();
  return value >= 0 && value < count ? static_cast<Enum>(value) : usual;
}

}  // namespace

QString endingOf(ExportFormat format) {
  constexpr const char* endings[] = {"png", "svg", "pdf", "tex", "csv"};
  return QLatin1String(endings[static_cast<std::size_t>(format)]);
}

QString nameOf(ExportFormat format) {
  switch (format) {
    case ExportFormat::png:
      return said("PNG picture");
    case ExportFormat::svg:
      return said("SVG drawing");
    case ExportFormat::pdf:
      return said("PDF page");
    case ExportFormat::tex:
      return said("pgfplots for LaTeX");
    case ExportFormat::csv:
      return said("Data as CSV");
  }
  return {};
}

QString nameOf(ExportLook look) {
  switch (look) {
    case ExportLook::present:
      return said("As the window");
    case ExportLook::light:
      return AppTheme::nameOf(ThemeChoice::light);
    case ExportLook::dark:
      return AppTheme::nameOf(ThemeChoice::dark);
    case ExportLook::projector:
      return AppTheme::nameOf(ThemeChoice::projector);
  }
  return {};
}

bool isPicture(ExportFormat format) { return format != ExportFormat::tex && format != ExportFormat::csv; }

ThemeId themeOf(ExportLook look, ThemeId present) {
  switch (look) {
    case ExportLook::light:
      return ThemeId::light;
    case ExportLook::dark:
      return ThemeId::dark;
    case ExportLook::projector:
      return ThemeId::projector;
    case ExportLook::present:
      break;
  }
  return present;
}

ExportOptions ExportChoice::options(ThemeId present) const {
  ExportOptions options;
  options.theme = themeOf(look, present);
  options.transparent = transparent;
  if (size.millimetres) {
    options.size = QSizeF(size.width, size.height) * (css_dots / inch);
    options.scale = size.dpi / css_dots;
    options.paper = 1;
  } else {
    options.size = QSizeF(size.width, size.height) / size.scale;
    options.scale = options.paper = size.scale;
  }
  return options;
}

QString ExportChoice::measure() const {
  if (!size.millimetres) return said("%1 × %2 pixels").arg(std::lround(size.width)).arg(std::lround(size.height));
  const QString paper = said("%1 × %2 mm").arg(size.width, 0, 'g', 5).arg(size.height, 0, 'g', 5);
  if (format != ExportFormat::png) return paper;
  const auto dots = [&](double millimetres) { return std::lround(millimetres / inch * size.dpi); };
  return said("%1, %2 × %3 pixels").arg(paper).arg(dots(size.width)).arg(dots(size.height));
}

ExportSize presetSize(const QString& preset, QSizeF on_screen, std::size_t charts, const ExportSize& own) {
  const auto stacked = [](std::size_t rows, double each) {
    return std::min(most_high, each * static_cast<double>(rows));
  };
  if (preset == QStringLiteral("screen"))
    return {false, std::round(2 * on_screen.width()), std::round(2 * on_screen.height()), 2, own.dpi};
  if (preset == QStringLiteral("column")) return {true, 85, stacked(charts, 60), own.scale, own.dpi};
  if (preset == QStringLiteral("page"))
    return {true, 174, charts < 2 ? 110 : 6 + stacked((charts + 1) / 2, 62), own.scale, own.dpi};
  if (preset == QStringLiteral("slide")) return {false, 1920, 1080, 2, own.dpi};
  return own;
}

ExportChoice recallChoice(const QSettings* settings) {
  ExportChoice choice;
  if (!settings) return choice;
  choice.what = recallEnum(*settings, "what", choice.what, 3);
  choice.format = recallEnum(*settings, "format", choice.format, 5);
  choice.look = recallEnum(*settings, "look", choice.look, 4);
  choice.preset = settings->value(keyOf("preset"), choice.preset).toString();
  choice.transparent = settings->value(keyOf("transparent")).toBool();
  choice.all_data = settings->value(keyOf("allData")).toBool();
  ExportSize& size = choice.size;
  size.millimetres = settings->value(keyOf("millimetres")).toBool();
  size.width = std::clamp(settings->value(keyOf("width"), size.width).toDouble(), 10.0, 16384.0);
  size.height = std::clamp(settings->value(keyOf("height"), size.height).toDouble(), 10.0, 16384.0);
  size.scale = std::clamp(settings->value(keyOf("scale"), size.scale).toDouble(), 0.5, 8.0);
  size.dpi = std::clamp(settings->value(keyOf("dpi"), size.dpi).toInt(), 50, 1200);
  return choice;
}

void rememberChoice(const ExportChoice& choice, QSettings* settings) {
  if (!settings) return;
  const std::pair<const char*, QVariant> values[] = {{"what", static_cast<int>(choice.what)},
                                                     {"format", static_cast<int>(choice.format)},
                                                     {"look", static_cast<int>(choice.look)},
                                                     {"preset", choice.preset},
                                                     {"transparent", choice.transparent},
                                                     {"allData", choice.all_data},
                                                     {"millimetres", choice.size.millimetres},
                                                     {"width", choice.size.width},
                                                     {"height", choice.size.height},
                                                     {"scale", choice.size.scale},
                                                     {"dpi", choice.size.dpi}};
  for (const auto& [name, value] : values) settings->setValue(keyOf(name), value);
}

}  // namespace kappa::ui
