/// A compact legend that flows over a few rows, with a colour bar for heat maps.
#pragma once

#include <QFont>
#include <QPainter>
#include <QWidget>
#include <vector>

#include "core/lab.hpp"

namespace kappa::ui {

class AppTheme;

struct LegendCell {
  enum class What : std::uint8_t { entry, heat, more } what{};
  QRectF box;
  LegendEntry entry;
  QString text, low, high;
  bool bar = false;  ///< the entry stands for bars, not for a curve
};

struct LegendLayout {
  std::vector<LegendCell> cells;
  double height = 0;
  QString full;  ///< every entry, a line each, where some had to be left out
};

/// What the figure's legend says, in at most `rows` rows; what does not fit is counted in the last cell.
LegendLayout layOutLegend(const Figure& figure, double width, const QFont& font, int rows);
void paintLegend(QPainter& painter, const LegendLayout& layout, const Theme& theme, const QFont& font);

class Legend : public QWidget {
  Q_OBJECT

 public:
  explicit Legend(const AppTheme& theme, QWidget* parent = nullptr);

  void setFigure(const Figure& figure);
  void setRows(int most);

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QFont font() const;
  void tellRest();

  const AppTheme& theme_;
  Figure summary_;  ///< only what the legend needs of the figure
  int rows_ = 2;
};

}  // namespace kappa::ui
