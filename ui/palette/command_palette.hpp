/// Find anything: type a few letters, choose by arrows, Enter does it.
#pragma once

#include <QFrame>
#include <QPointer>

#include "ui/palette/palette_items.hpp"

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace kappa::ui {

class AppTheme;

/// Lies over its window while it is open; Escape, or a click elsewhere, puts it away.
class CommandPalette : public QFrame {
  Q_OBJECT

 public:
  using Source = std::function<std::vector<PaletteItem>()>;
  CommandPalette(Source source, const AppTheme& theme, QWidget* window);

  void open();
  const std::vector<PaletteItem>& items() const { return items_; }
  QLineEdit* field() const { return field_; }
  QListView* list() const { return list_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void search(const QString& query);
  void choose();
  void move(int rows);
  void place();
  void putAway();

  Source source_;
  std::vector<PaletteItem> items_;
  QLineEdit* field_;
  QListView* list_;
  QStandardItemModel* model_;
  QPointer<QWidget> before_;
};

}  // namespace kappa::ui
