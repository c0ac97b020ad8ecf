/// How well a few typed letters fit a title.
#pragma once

#include <QString>
#include <optional>

namespace kappa::ui {

/// Every word of the query has to be found in the text, letters in order; the larger, the better: whole words, then
/// beginnings of words, then letters close together. Nothing: it does not fit.
std::optional<int> fuzzyScore(const QString& query, const QString& text);

}  // namespace kappa::ui
