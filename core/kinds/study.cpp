/// The words of an ending, and nodes in one line.
#include "core/kinds/study.hpp"

namespace kappa {

std::string_view name_of(Ended ended) {
  constexpr std::string_view names[] = {"steps", "reached", "finished", "diverged", "stopped", "interrupted", "failed"};
  return names[static_cast<std::size_t>(ended)];
}

Node node(Kind kind, std::string id, std::map<std::string, Value, std::less<>> params) {
  return {.kind = kind, .id = std::move(id), .params = std::move(params)};
}

}  // namespace kappa
