/// The charts that the document declares, as cards on a grid with the loss largest.
#pragma once

#include <QElapsedTimer>
#include <QScrollArea>
#include <vector>

#include "core/lab.hpp"

namespace kappa::ui {

class AppTheme;
class ChartCard;
class Session;

/// Where cards go: two columns, wide pictures left, narrow ones right; one column where there is little room.
std::vector<QRect> arrangeCards(const std::vector<FigureForm>& forms, QSize room);

class ChartGrid : public QScrollArea {
  Q_OBJECT

 public:
  ChartGrid(Session& session, const AppTheme& theme, QWidget* parent = nullptr);

  const std::vector<ChartCard*>& cards() const { return cards_; }
  /// One card over all others; the same again, or null, brings them back.
  void maximise(ChartCard* card);

 signals:
  void exportRequested(kappa::ui::ChartCard* card);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void rebuild();
  void place();
  void refresh(bool view_changed);

  Session& session_;
  const AppTheme& theme_;
  QWidget* floor_;
  std::vector<ChartCard*> cards_;
  ChartCard* maximised_ = nullptr;
  QElapsedTimer since_drawn_;
  qint64 drawing_ = 0;  ///< nanoseconds that the last refresh took
};

}  // namespace kappa::ui
