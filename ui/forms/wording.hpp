/// Names of fields, choices and values as a form writes them.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui::wording {

/// "learning_rate" as "Learning rate".
QString named(std::string_view id);
/// "Learning rate η".
QString labelOf(const Field& field);
/// "power_law" as "power law".
QString choice(std::string_view id);
/// The same where it can be chosen; the empty one is "none".
QString option(std::string_view id);
QString titleOf(const Entry& entry);
/// A method's idea, and below it its equation.
QString cardOf(const Entry& entry);
/// What a field says of itself on hovering: help, range, default.
QString helpOf(const Field& field);
/// A value in few characters: "1.98", "cosine 0.02", "auto".
QString brief(const Value& value);
/// An issue as one sentence, without its path.
QString sentence(const Issue& issue);
QString sentences(const Issues& issues);
/// What a judged claim expects and what was measured, as people say it.
QString expected(const ClaimResult& claim);
QString measured(const ClaimResult& claim);

}  // namespace kappa::ui::wording
