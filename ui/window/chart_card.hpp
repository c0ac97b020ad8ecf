/// One declared figure on the grid: built from the trace when either has changed, zoomed and exported on its own.
#pragma once

#include <QWidget>

#include "core/lab.hpp"
#include "ui/window/chart_looks.hpp"
#include "ui/window/zoom_history.hpp"

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
  QMenu* menu() const { return menu_; }
  const ChartLook& look() const { return look_; }
  /// How the document wants it; nothing is drawn before the next refresh.
  void setLook(const ChartLook& look);
  /// Draws what is new; `view_changed`: the same trace may look otherwise now.
  void refresh(bool view_changed);
  /// The figure as it would fill so many columns of pixels, with the card's own zoom and scales.
  Figure figure(unsigned pixel_columns) const;
  FigureOptions options(unsigned pixel_columns) const;
  /// Charts whose x axes count the same share what is pointed at; empty: it shares with none.
  QString axisName() const;

  const Zoom& zoom() const { return zoom_.now(); }
  bool canZoomBack() const { return zoom_.canGoBack(); }
  bool canZoomForward() const { return zoom_.canGoForward(); }
  void zoomTo(const Zoom& zoom, bool on = false);
  void zoomBack();
  void zoomForward();
  void toggleRun(const QString& label);
  void showRunOnly(const QString& label);

 signals:
  void maximiseRequested();
  void exportRequested();
  void copyRequested();
  void menuAsked();  ///< the menu is about to show and wants its entries
  void pointedAt(double x);
  void pointedAway();
  void carried(const QPoint& at);  ///< on the screen
  void dropped(const QPoint& at, bool here);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void makeHeader();
  void connectView();
  Zoom tidied(const Interval& x, const Interval& y) const;
  std::optional<std::uint64_t> stepAt(double x) const;

  Session& session_;
  FigureSpec spec_;
  ChartLook look_;
  ChartView* view_;
  QMenu* menu_;
  ZoomHistory zoom_;
  std::optional<std::optional<std::uint64_t>> before_pick_;  ///< the step that was looked at before the last click
  Interval whole_;                                           ///< the x axis when all of it is shown
  std::uint64_t version_ = ~std::uint64_t{0};
  unsigned columns_ = 0;
  bool stale_ = true;
};

}  // namespace kappa::ui
