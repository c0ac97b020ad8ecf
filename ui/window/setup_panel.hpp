/// The left panel: everything an experiment is made of, one group below the other.
#pragma once

#include "ui/window/side_panel.hpp"

class QLabel;

namespace kappa::ui {

class AppTheme;
class NodeForm;
class RunForm;
class RunList;
class Session;
struct FieldEdit;

class SetupPanel : public SidePanel {
  Q_OBJECT

 public:
  SetupPanel(Session& session, const AppTheme& theme, QWidget* parent = nullptr);

  RunForm* runForm() const { return run_form_; }
  NodeForm* problemForm() const { return problem_; }

 private:
  QWidget* makeDescent(const AppTheme& theme);
  QWidget* makeStudy();
  void showDocument();
  QString editProblem(const FieldEdit& edit);
  QString editInit(const FieldEdit& edit);
  QString editSettings(const FieldEdit& edit);

  Session& session_;
  QWidget *descent_, *study_, *batch_ = nullptr;
  NodeForm *problem_ = nullptr, *init_ = nullptr, *settings_ = nullptr;
  QLabel *study_title_ = nullptr, *study_idea_ = nullptr;
  RunList* runs_ = nullptr;
  RunForm* run_form_ = nullptr;
};

}  // namespace kappa::ui
