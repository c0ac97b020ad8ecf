/// Trouble in a user's input: where it is, what was found and what is allowed.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kappa {

/// `input`: the document or the command is wrong (exit status 2); `file`: a file could not be read or written (3).
enum class Trouble : std::uint8_t { input, file };

struct Issue {
  std::string path;     ///< JSON pointer, "/runs/0/optimizer/learning_rate"; or a file, "mine.csv:3:2"
  std::string message;  ///< what was found and what is allowed
  std::string hint;     ///< "did you mean ...", may be empty
  Trouble trouble = Trouble::input;
};

using Issues = std::vector<Issue>;

/// A value, or every issue that stood in its way.
template <class T>
using Checked = std::variant<T, Issues>;

template <class T>
const Issues* issues_of(const Checked<T>& checked) {
  return std::get_if<Issues>(&checked);
}

/// "path: message (hint)" on one line.
std::string to_string(const Issue& issue);

/// Thrown by a problem's `build` when its data cannot be had; caught where documents are prepared and runs start.
struct DataError {
  Issue issue;
};

}  // namespace kappa
