/// The chosen run unfolded: its name, its optimizer and the optimizer's fields.
#pragma once

#include <QWidget>

#include "ui/forms/field_editor.hpp"

class QLineEdit;
class QMenu;

namespace kappa::ui {

class FieldRow;
class GroupHead;
class NodeForm;
class Session;

class RunForm : public QWidget {
  Q_OBJECT

 public:
  RunForm(Session& session, QMenu* menu, QWidget* parent = nullptr);

  void rename();  ///< puts the cursor into the name
  NodeForm* form() const { return form_; }

 private:
  void showDocument();
  void follow();
  QString edit(const FieldEdit& edit);
  void takeName();

  Session& session_;
  GroupHead* head_;
  QLineEdit* name_;
  FieldRow* name_row_;
  NodeForm* form_;
  Node shown_;
};

}  // namespace kappa::ui
