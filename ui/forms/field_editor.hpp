/// A field of a form with all that belongs to it: row, slider, schedule, or the method that it holds.
#pragma once

#include <QWidget>
#include <functional>

#include "ui/forms/field_control.hpp"

namespace kappa::ui {

class ChoiceField;
class FieldRow;
class NodeForm;

/// What the user did: the value at a path inside the form's node ("learning_rate", "base/rho"; empty: the whole node).
struct FieldEdit {
  QString path;
  Value value;
  bool live = false;  ///< may be done while running
};
/// Does the edit and answers why not, or nothing.
using EditSink = std::function<QString(const FieldEdit&)>;

class FieldEditor : public QWidget {
  Q_OBJECT

 public:
  /// `primary`: shows a choice of schedules below the field even while it is a plain number.
  FieldEditor(const Field& field, const Value& value, const QString& path, EditSink sink, bool primary,
              QWidget* parent = nullptr);

  const Field& field() const { return field_; }
  FieldRow* row() const { return row_; }  ///< null for a slot
  /// Whether the value can be shown as the editor is built; else it must be made anew.
  bool fits(const Value& value) const;
  void setValue(const Value& value);
  Value value() const;
  void enter(const Value& value) { tell(value); }  ///< as if the user had made it
  /// A field that is not read is greyed, or not shown at all while it stands at its default.
  void setRead(bool read, const QString& why);

 private:
  void buildNumber(const Value& value);
  void buildSlot(const Value& value);
  void addSchedule(const NodePtr& schedule);
  void addMenu();
  void follow(const QString& schedule);
  void tell(const Value& value);
  void refuse(const QString& why);

  Field field_;
  QString path_;
  EditSink sink_;
  bool primary_;
  FieldRow* row_ = nullptr;
  FieldControl control_;
  ChoiceField* schedules_ = nullptr;
  NodeForm* inner_ = nullptr;  ///< of the schedule, or of the slot's method
  std::string inner_id_;
};

}  // namespace kappa::ui
