/// A compact legend: a row or two on a card, as many as it takes on paper; its runs can be shown, hidden and singled
/// out.
#pragma once

#include <QFont>
#include <QPainter>
#include <QPointer>
#include <QWidget>
#include <vector>

#include "core/lab.hpp"

namespace kappa::ui {

class AppTheme;
class LegendPopup;

struct LegendCell {
  enum class What : std::uint8_t { entry, heat, more } what{};
  QRectF box;
  LegendEntry entry;
  QString text, low, high;
  bool cut = false;  ///< the text is not all of it
  double bar = 0;    ///< width of the colours of a heat map
};

struct LegendLayout {
  std::vector<LegendCell> cells;
  double height = 0;
  QString full;  ///< every entry, a line each, where some had to be left out
};

QString legendText(const LegendEntry& entry);
/// The shape that stands for an entry, centred; a hidden run's is hollow.
void paintSwatch(QPainter& painter, QPointF middle, const LegendEntry& entry, const Theme& theme);

/// What the figure's legend says, in at most `rows` rows; what does not fit is counted in the last cell. Curves that
/// are `named` on the plot are left out.
LegendLayout layOutLegend(const Figure& figure, double width, const QFont& font, int rows,
                          const std::vector<std::string>& named = {});
void paintLegend(QPainter& painter, const LegendLayout& layout, const Theme& theme, const QFont& font);

class Legend : public QWidget {
  Q_OBJECT

 public:
  explicit Legend(const AppTheme& theme, QWidget* parent = nullptr);

  void setFigure(const Figure& figure, const std::vector<std::string>& named);
  const LegendLayout& layout() const { return layout_; }
  /// One row, or two where names would be cut in one and the card is tall enough.
  void setMostRows(int rows);
  LegendPopup* popup() const;  ///< the list of all entries while it is open

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 signals:
  void toggled(const QString& run);
  void singled(const QString& run);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  QFont font() const;
  void layOutAgain();
  /// Cells that can be clicked, by their place in the layout.
  std::vector<std::size_t> active() const;
  const LegendCell* cellAt(QPointF at) const;
  QString helpAt(QPointF at) const;
  void act(const LegendCell& cell);
  void openAll();
  QString helpOf(const LegendCell& cell) const;

  const AppTheme& theme_;
  Figure summary_;  ///< only what the legend needs of the figure
  std::vector<std::string> named_;
  LegendLayout layout_;
  QPointer<LegendPopup> popup_;
  int most_rows_ = 1, rows_ = 1;
  std::size_t current_ = 0;  ///< of the active cells, by keyboard
};

}  // namespace kappa::ui
