/// The dialog for films: which chart, from which step to which, how fast and how large; with progress and cancel.
#pragma once

#include <QDialog>

#include "ui/exports/film.hpp"

class QDoubleSpinBox;
class QLabel;
class QSettings;
class QSlider;
class QSpinBox;

namespace kappa::ui {

class AppTheme;
class ChartCard;
class ChartGrid;
class ChoiceField;
class ExportPreview;
class Session;
class WorkFoot;

/// Stays open beside the window; the film is made meanwhile on a thread of its own.
class FilmDialog : public QDialog {
  Q_OBJECT

 public:
  FilmDialog(Session& session, const AppTheme& theme, ChartGrid& charts, QSettings* settings, QWidget* parent);

  void present(ChartCard* card);
  bool busy() const;
  QString message() const;
  /// Begins the film; its end is told in the message.
  void writeTo(const QString& path);

 signals:
  void ended(const kappa::ui::WorkEnd& end);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void build();
  void fillCharts();
  void fitSteps();
  void refresh();
  void askWhere();
  FilmPlan plan() const;
  std::vector<ChartCard*> chosen() const;
  bool gif() const;

  Session& session_;
  const AppTheme& theme_;
  ChartGrid& charts_;
  QSettings* settings_;
  bool showing_ = false;

  QWidget* controls_;
  ChoiceField *chart_, *format_, *look_;
  QSpinBox *from_, *to_, *frames_, *width_, *height_;
  QDoubleSpinBox* pace_;
  QSlider* moment_;
  QLabel* length_;
  ExportPreview* preview_;
  WorkFoot* foot_;
};

}  // namespace kappa::ui
