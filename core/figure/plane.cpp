/// Names of planes.
#include "core/figure/plane.hpp"

namespace kappa {

PlaneWords words_of(PlaneKind kind) {
  switch (kind) {
    case PlaneKind::own:
      break;
    case PlaneKind::extreme:
      return {"the two extreme directions", "least curvature", "greatest curvature"};
    case PlaneKind::steepest:
      return {"from start to optimum, and the steepest across", "towards the optimum", "steepest across"};
    case PlaneKind::random:
      return {"from start to optimum, and a random direction", "towards the optimum", "a random direction across"};
    case PlaneKind::downhill:
      return {"down the first gradient", "down the gradient at the start", "across"};
  }
  return {"", "x", "y"};
}

std::optional<PlaneKind> plane_kind(std::uint32_t number) {
  if (number > static_cast<std::uint32_t>(PlaneKind::downhill)) return std::nullopt;
  return static_cast<PlaneKind>(number);
}

}  // namespace kappa
