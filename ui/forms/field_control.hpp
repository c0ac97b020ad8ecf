/// The editor that a field's domain asks for, with its value as the document has it.
#pragma once

#include <QWidget>
#include <functional>

#include "core/lab.hpp"

namespace kappa::ui {

class ValueSlider;

struct FieldControl {
  QWidget* editor = nullptr;
  ValueSlider* slider = nullptr;          ///< numbers worth sliding
  std::function<void(const Value&)> set;  ///< without telling anyone
  std::function<Value()> get;
};

/// `changed` is told of every value the user makes.
FieldControl makeControl(const Field& field, const std::function<void(const Value&)>& changed, QWidget* parent);

}  // namespace kappa::ui
