/// Every entry of a legend as a list under it: runs are ticked, Space and clicks show or hide, Enter singles out.
#pragma once

#include <QFrame>
#include <vector>

#include "core/lab.hpp"

class QListWidget;
class QListWidgetItem;

namespace kappa::ui {

class AppTheme;

class LegendPopup : public QFrame {
  Q_OBJECT

 public:
  LegendPopup(const AppTheme& theme, QWidget* parent);

  void setEntries(const std::vector<LegendEntry>& entries);
  void showBelow(const QWidget& legend);
  QListWidget* list() const { return list_; }

 signals:
  void toggled(const QString& run);
  void singled(const QString& run);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill(QListWidgetItem& item, const LegendEntry& entry) const;

  const AppTheme& theme_;
  QListWidget* list_;
  bool filling_ = false;
};

}  // namespace kappa::ui
