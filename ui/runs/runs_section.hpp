/// The runs in the right panel: their table, and what they are compared by.
#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QLineEdit;
class QPushButton;

namespace kappa::ui {

class AppTheme;
class ChoiceField;
class FieldRow;
class FlagField;
class GroupHead;
class RunsTable;
class Session;

class RunsSection : public QWidget {
  Q_OBJECT

 public:
  RunsSection(Session& session, const AppTheme& theme, QWidget* parent = nullptr);

  RunsTable* table() const { return table_; }
  bool isWide() const;
  /// The table with all its columns, and the fields below it.
  void setWide(bool wide);

 signals:
  /// The room that the table wants; 0: whatever there is.
  void roomWanted(int width);

 private:
  void addFields();
  void showRuns();
  void showChoices();
  void takeTarget();
  QString headText() const;
  std::string series() const;

  Session& session_;
  GroupHead* head_;
  QPushButton* more_;
  RunsTable* table_;
  QWidget *fields_, *rule_;
  ChoiceField* along_;
  QLineEdit* target_;
  FieldRow* target_row_;
  FlagField* budget_;
  FieldRow* budget_row_;
  QPushButton* keep_;
  QElapsedTimer since_numbers_, since_order_;
};

}  // namespace kappa::ui
