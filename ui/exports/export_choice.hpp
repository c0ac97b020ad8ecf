/// What an export dialog asks for: which charts, in which format, how large and in which colours; and its memory.
#pragma once

#include <QString>

#include "ui/charts/export.hpp"

class QSettings;

namespace kappa::ui {

enum class ExportWhat : std::uint8_t { chart, figure, each };
enum class ExportFormat : std::uint8_t { png, svg, pdf, tex, csv };
enum class ExportLook : std::uint8_t { present, light, dark, projector };

QString endingOf(ExportFormat format);  ///< "png"
QString nameOf(ExportFormat format);
QString nameOf(ExportLook look);
bool isPicture(ExportFormat format);  ///< PNG, SVG, PDF: also for several charts at once
ThemeId themeOf(ExportLook look, ThemeId present);

/// A named size; pixels with a scale of type and lines, or millimetres with dots an inch.
struct ExportSize {
  bool millimetres = false;
  double width = 1200, height = 800;
  double scale = 2;
  int dpi = 300;
  bool operator==(const ExportSize&) const = default;
};

struct ExportChoice {
  ExportWhat what = ExportWhat::chart;
  ExportFormat format = ExportFormat::png;
  QString preset = QStringLiteral("screen");  ///< screen, column, page, slide, own
  ExportSize size;
  ExportLook look = ExportLook::present;
  bool transparent = false, all_data = false;

  ExportOptions options(ThemeId present) const;
  /// What the picture will measure: "1200 × 800 pixels".
  QString measure() const;
};

/// The size a preset stands for; "screen" follows the chart's own, and paper is as high as `charts` need.
ExportSize presetSize(const QString& preset, QSizeF on_screen, std::size_t charts, const ExportSize& own);

ExportChoice recallChoice(const QSettings* settings);
void rememberChoice(const ExportChoice& choice, QSettings* settings);

}  // namespace kappa::ui
