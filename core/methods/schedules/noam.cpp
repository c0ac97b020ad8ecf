/// Noam: the Transformer's warm-up and inverse square root, scaled by the width of the model.
#include <algorithm>
#include <cmath>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct Noam {
  static constexpr bool owns_warmup = true;
  std::int64_t model_width = 512;

  double multiplier(ScheduleTime time) const {
    const double t = static_cast<double>(time.t) + 1, w = std::max(time.warmup, 1.0);
    return std::min(1 / std::sqrt(t), t / (w * std::sqrt(w))) / std::sqrt(static_cast<double>(model_width));
  }
};

}  // namespace KAPPA_FILE

Method noam() {
  using KAPPA_FILE::Noam;
  Method method =
      schedule<Noam>({.title = "Noam",
                      .idea = "Rise linearly for w steps, then fall like 1/√t; wider models take smaller steps.",
                      .equation = "sₜ = d^(−½) min((t + 1)^(−½), (t + 1) w^(−3/2))",
                      .cite = {{"Vaswani et al.", 2017, "Attention Is All You Need", "arXiv:1706.03762"}}},
                     {{&Noam::model_width, "model_width", "d", count(1, 10'000'000, true), "width of the model"}});
  for (Field& field : method.fields)
    if (field.id == "warmup_steps") field.initial = std::int64_t{4000};
  return method;
}

}  // namespace kappa::schedules
