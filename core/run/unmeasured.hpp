/// What a run was asked to record and cannot.
#pragma once

#include <string>

namespace kappa {

struct Unmeasured {
  std::string name;   ///< of its series or spectrum: "test_loss", "update_singular_values:W"
  std::string title;  ///< of its probe, for people
  std::string why;    ///< a clause: "this problem has no test rows"
};

}  // namespace kappa
