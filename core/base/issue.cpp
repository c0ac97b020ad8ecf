/// One line for one issue.
#include "core/base/issue.hpp"

namespace kappa {

std::string to_string(const Issue& issue) {
  std::string line = issue.path.empty() ? issue.message : issue.path + ": " + issue.message;
  if (!issue.hint.empty()) line += " (" + issue.hint + ")";
  return line;
}

}  // namespace kappa
