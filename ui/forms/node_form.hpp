/// A form for one method, generated from the catalogue: its type and its fields.
#pragma once

#include <QVBoxLayout>
#include <QWidget>
#include <vector>

#include "ui/forms/field_editor.hpp"

namespace kappa::ui {

struct NodeFormOptions {
  bool type = true;       ///< a choice of the method itself
  QString typeName = {};  ///< its label; empty: "Type"
  QString help = {};
  bool indent = false;                   ///< a form inside a form
  std::vector<std::string> hidden = {};  ///< fields that are edited elsewhere
};

class NodeForm : public QWidget {
  Q_OBJECT

 public:
  /// `path` goes before the paths of edits.
  NodeForm(Kind kind, EditSink sink, NodeFormOptions options = {}, const QString& path = {}, QWidget* parent = nullptr);

  /// Shows a complete node. Rows stay where they are, so that what is being typed is not disturbed.
  void setNode(const Node& node);
  Node node() const;
  FieldEditor* editor(std::string_view field) const;  ///< null: there is none
  const std::vector<FieldEditor*>& editors() const { return editors_; }

 signals:
  void actionTriggered(const QString& field);  ///< what stands beside a field's note

 private:
  void rebuild(const Node& node);
  void showRead(const Node& node);
  void chooseType(const QString& id);
  QString below(std::string_view field) const;

  Kind kind_;
  EditSink sink_;
  NodeFormOptions options_;
  QString path_;
  QVBoxLayout* column_;
  QWidget* rows_ = nullptr;
  ChoiceField* types_ = nullptr;
  FieldRow* type_row_ = nullptr;
  Node shown_;
  std::vector<FieldEditor*> editors_;
};

}  // namespace kappa::ui
