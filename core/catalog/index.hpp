/// The generated list of all methods, in the order problems ... studies, by id within a kind.
#pragma once
#include "core/kinds/method.hpp"

#include <string_view>
#include <vector>

namespace kappa {

struct NamedMethod {
  std::string_view stem;  // the file's stem, which is the id
  Method method;
};

std::vector<NamedMethod> all_methods();

}  // namespace kappa
