/// The one dialog for charts as files: what, which format, how large, in which colours, with a live preview.
#pragma once

#include <QDialog>
#include <QElapsedTimer>
#include <QPointer>

#include "ui/exports/export_choice.hpp"

class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSettings;

namespace kappa::ui {

class AppTheme;
class ChartCard;
class ChartGrid;
class ChoiceField;
class ExportPreview;
class FlagField;
class Session;

/// Stays open beside the window, so that runs go on and the preview follows them.
class ExportDialog : public QDialog {
  Q_OBJECT

 public:
  ExportDialog(Session& session, const AppTheme& theme, ChartGrid& charts, QSettings* settings, QWidget* parent);

  /// Opens with a chart chosen, for that one alone or for whatever was exported last.
  void present(ChartCard* card, bool alone);
  const ExportChoice& choice() const { return choice_; }
  QString message() const;

  /// Writes what is chosen: a file, or for each chart one in a folder. Files of that name that are already in a folder
  /// are only replaced when asked for a second time.
  bool writeTo(const QString& path);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void build();
  QWidget* buildSize();
  void fillCharts();
  void take();  ///< reads the controls
  void takePreset();
  void showChoice();  ///< writes the controls
  void refresh();
  void tell(const QString& sentence, bool good);
  void askWhere();
  bool writeEach(const QString& folder);
  void copy();
  Sheet sheet(unsigned columns) const;
  Sheet sheetOf(const ChartCard& card, unsigned columns) const;
  unsigned columns() const;
  QSizeF onScreen() const;
  ChartCard* card() const;
  ExportOptions options() const;
  QString suggested() const;

  Session& session_;
  const AppTheme& theme_;
  ChartGrid& charts_;
  QSettings* settings_;
  ExportChoice choice_;
  QPointer<ChartCard> card_;
  bool showing_ = false;
  QString asked_;  ///< the folder whose files may be replaced when it is chosen again
  QElapsedTimer since_drawn_;

  QFormLayout* form_;
  ChoiceField *what_, *chart_, *format_, *data_, *preset_, *unit_, *look_;
  QDoubleSpinBox *width_, *height_, *scale_;
  QLabel *scale_name_, *measure_, *message_;
  QWidget* size_;
  FlagField* transparent_;
  ExportPreview* preview_;
  QPushButton *copy_, *write_;
};

}  // namespace kappa::ui
