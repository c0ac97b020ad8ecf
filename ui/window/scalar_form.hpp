/// A form for what a document says beside its methods: steps, seed, batch, stop rules.
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "ui/forms/field_editor.hpp"

namespace kappa::ui {

class Session;

/// One number or choice of a document, and where it stands.
struct Scalar {
  Field field;
  std::function<Value(const Document&)> get;
  std::function<void(Document&, const Value&)> set;
};

std::vector<Scalar> runScalars(bool descent);
std::vector<Scalar> batchScalars();
std::vector<Scalar> aboutScalars();  ///< title and texts; they never touch results

class ScalarForm : public QWidget {
  Q_OBJECT

 public:
  ScalarForm(Session& session, std::vector<Scalar> scalars, QWidget* parent = nullptr);

  FieldEditor* editor(std::string_view id) const;

 private:
  void showDocument();
  QString edit(std::size_t index, const Value& value);

  Session& session_;
  std::vector<Scalar> scalars_;
  std::vector<FieldEditor*> editors_;
};

}  // namespace kappa::ui
