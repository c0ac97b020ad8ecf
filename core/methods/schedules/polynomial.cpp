/// Polynomial: a power of what is left of the run.
#include <cmath>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
namespace KAPPA_FILE {

struct Polynomial {
  double power = 2;

  double multiplier(ScheduleTime time) const { return std::pow(1 - time.progress(), power); }
};

}  // namespace KAPPA_FILE

Method polynomial() {
  using KAPPA_FILE::Polynomial;
  return schedule<Polynomial>(
      {.title = "Polynomial",
       .idea = "Fall with a power of the time that is left: 1 is linear decay, larger powers fall early.",
       .equation = "sₜ = (1 − t/T)ᵖ",
       .cite = {{"Chen, Papandreou, Kokkinos, Murphy, Yuille", 2017,
                 "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully "
                 "Connected CRFs",
                 "arXiv:1606.00915"}}},
      {{&Polynomial::power, "power", "p", range(0, 20), "1: linear decay, 0: constant"}});
}

}  // namespace kappa::schedules
