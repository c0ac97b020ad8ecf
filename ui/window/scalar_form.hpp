/// A form for what a document says beside its methods: steps, seed, batch, stop rules, texts.
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "ui/forms/field_editor.hpp"

namespace kappa::ui {

class Session;
class TextArea;

/// One value of a document, and where it stands.
struct Scalar {
  Field field;
  std::function<Value(const Document&)> get;
  std::function<void(Document&, const Value&)> set;
  int lines = 0;  ///< of a text that is written below its name; 0: beside it
};

std::vector<Scalar> runScalars(bool descent);
std::vector<Scalar> batchScalars();
std::vector<Scalar> aboutScalars();  ///< title and texts; they never touch results

class ScalarForm : public QWidget {
  Q_OBJECT

 public:
  ScalarForm(Session& session, std::vector<Scalar> scalars, QWidget* parent = nullptr);

  FieldEditor* editor(std::string_view id) const;
  TextArea* area(std::string_view id) const;

 private:
  QWidget* makeArea(std::size_t index);
  void showDocument();
  QString edit(std::size_t index, const Value& value);

  Session& session_;
  std::vector<Scalar> scalars_;
  std::vector<FieldEditor*> editors_;  ///< as many as scalars; null: an area
  std::vector<TextArea*> areas_;
};

}  // namespace kappa::ui
