/// One declared figure on the grid: built from the trace when either has changed, zoomed and exported on its own.
#pragma once

#include <QWidget>

#include "core/lab.hpp"

class QMenu;

namespace kappa::ui {

class AppTheme;
class ChartView;
class Session;

class ChartCard : public QWidget {
  Q_OBJECT

 public:
  ChartCard(Session& session, const AppTheme& theme, FigureSpec spec, QWidget* parent = nullptr);

  const FigureSpec& spec() const { return spec_; }
  ChartView* view() const { return view_; }
  /// Draws what is new; `view_changed`: the same trace may look otherwise now.
  void refresh(bool view_changed);
  /// The figure as it would fill so many columns of pixels, with the card's own zoom and scales.
  Figure figure(unsigned pixel_columns) const;

 signals:
  void maximiseRequested();
  void exportRequested();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void fillMenu();
  void zoom(std::optional<Interval> x, std::optional<Interval> y);
  FigureOptions options(unsigned pixel_columns) const;
  bool followsCursor() const;

  Session& session_;
  FigureSpec spec_;
  ChartView* view_;
  QMenu* menu_;
  std::optional<Interval> x_, y_;
  CountBy count_by_ = CountBy::steps;
  std::uint64_t version_ = ~std::uint64_t{0};
  unsigned columns_ = 0;
  bool stale_ = true;
};

}  // namespace kappa::ui
