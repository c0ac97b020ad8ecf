/// Refined: the schedule that theory finds best for the gradient norms of an earlier run.
#include <mutex>
#include <optional>

#include "core/kinds/schedule.hpp"
#include "core/methods/schedules/refinement.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

enum class Weight : std::uint8_t { inverse_square, inverse };

/// The table of one model and the largest value for the run length asked last. A copy makes its own.
class Prepared {
 public:
  Prepared() = default;
  Prepared(const Prepared&) : Prepared() {}
  Prepared& operator=(const Prepared&) { return *this; }
  template <class Make>
  double multiplier(std::uint64_t t, std::uint64_t horizon, const Make& make) const {
    const std::lock_guard lock(mutex_);
    if (!table_) table_.emplace(make());
    if (horizon_ != horizon) largest_ = table_->largest(horizon);
    horizon_ = horizon;
    return largest_ > 0 ? table_->raw(t, horizon) / largest_ : 1;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::optional<RefinedTable> table_;
  mutable std::uint64_t horizon_ = 0;
  mutable double largest_ = 0;
};

struct Refined {
  std::vector<double> gradient_norms = {1};
  double smoothing = 0.1;
  double floor = 0.3;
  Weight weight = Weight::inverse_square;

  double multiplier(ScheduleTime time) const {
    return prepared_.multiplier(time.t, std::max<std::uint64_t>(time.horizon, 1), [this] {
      return RefinedTable(refinement_weights(smoothed_norms(gradient_norms, smoothing, floor),
                                             weight == Weight::inverse_square ? 2 : 1));
    });
  }

 private:
  Prepared prepared_;
};

}  // namespace KAPPA_FILE

Method refined() {
  using KAPPA_FILE::Refined;
  return schedule<Refined>(
      {.title = "Refined",
       .idea = "Run once, keep the gradient norms, and let them say where the second run should take its large steps.",
       .equation =
           "sₜ ∝ wₜ Σ_{p>t} w_p,  w = ĝ⁻² (SGD) or ĝ⁻¹ with one-norms (Adam),  ĝ = running median of the norms, at "
           "least f max ĝ",
       .cite = {{"Defazio, Cutkosky, Mehta, Mishchenko", 2023,
                 "Optimal Linear Decay Learning Rate Schedules and Further Refinements", "arXiv:2310.07831"}}},
      {{&Refined::gradient_norms, "gradient_norms", "‖gₜ‖",
        Many{.of = Range{.lo = 0, .hi = 1e300}, .least = 1, .most = 100'000},
        "of an earlier run, one for each step; a list of another length is stretched over the run"},
       {&Refined::smoothing, "smoothing", "τ", range(0, 1), "share of the run that the median looks at"},
       {&Refined::floor, "floor", "f", range(0, 1),
        "norms are raised to this share of the largest; 0, as in the paper, may put all steps at the end"},
       {&Refined::weight, "weight", "w", choices({"inverse_square", "inverse"}),
        "ĝ⁻² for SGD, ĝ⁻¹ for methods like Adam"}});
}

}  // namespace kappa::schedules
