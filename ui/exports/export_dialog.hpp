/// The one dialog for charts as files: what, which format, how large, in which colours, with a live preview.
#pragma once

#include <QDialog>
#include <QElapsedTimer>
#include <QPointer>

#include "ui/exports/export_files.hpp"

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
class WorkFoot;

/// Stays open beside the window, so that runs go on and the preview follows them.
class ExportDialog : public QDialog {
  Q_OBJECT

 public:
  ExportDialog(Session& session, const AppTheme& theme, ChartGrid& charts, QSettings* settings, QWidget* parent);

  /// Opens with a chart chosen, for that one alone or for whatever was exported last.
  void present(ChartCard* card, bool alone);
  const ExportChoice& choice() const { return choice_; }
  QString message() const;
  bool busy() const;

  /// Begins to write what is chosen: a file, or for each chart one in a folder; its end is told in the message. Files
  /// of that name that are already in a folder are only replaced when asked for a second time.
  void writeTo(const QString& path);

 signals:
  void ended(const kappa::ui::WorkEnd& end);

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
  void askWhere();
  bool mayReplace(const ExportPlan& plan);
  void copy();
  ExportPlan plan(const QString& path) const;
  std::vector<PlannedChart> charts(unsigned columns) const;  ///< those of the picture
  Sheet sheet(unsigned columns) const;
  QString title() const;  ///< of a figure of several charts
  unsigned columns() const;
  QSizeF onScreen() const;
  ExportOptions options() const;
  QString suggested() const;

  Session& session_;
  const AppTheme& theme_;
  ChartGrid& charts_;
  QSettings* settings_;
  ExportChoice choice_;
  QPointer<ChartCard> card_;
  bool showing_ = false;
  QStringList asked_;  ///< files that may be replaced when they are chosen again
  QElapsedTimer since_drawn_;

  QWidget* controls_;
  QFormLayout* form_;
  ChoiceField *what_, *chart_, *format_, *data_, *preset_, *unit_, *look_;
  QDoubleSpinBox *width_, *height_, *scale_;
  QLabel *scale_name_, *measure_;
  QWidget* size_;
  FlagField* transparent_;
  ExportPreview* preview_;
  WorkFoot* foot_;
  FileWork copying_;
  QPushButton* copy_;
};

}  // namespace kappa::ui
