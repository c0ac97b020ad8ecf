/// What probes share at one step: full loss and gradient, matrices and their singular values, each computed once.
#include <exception>

#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa {

namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

/// Assignment copies the numbers, where construction from a block would keep looking at the run's buffer.
arma::mat copy_of(const Blocks& from, std::size_t block) {
  arma::mat copy;
  copy = from.block(block);
  return copy;
}

}  // namespace

bool attempt(const std::function<void()>& ask) {
  try {
    ask();
    return true;
  } catch (const Refused&) {
    return false;
  } catch (const std::exception&) {
    return false;
  }
}

double Frame::loss() {
  if (!loss_) loss_ = parts_.known_loss ? *parts_.known_loss : numeric([&] { return parts_.oracle.value(parts_.x); });
  return *loss_;
}

const Blocks& Frame::gradient() {
  if (parts_.known_gradient != nullptr) return *parts_.known_gradient;
  if (gradient_ != nullptr) return *gradient_;
  loss();  // first, so that the oracle's memory of the gradient's own value cannot decide the loss's last bits
  Blocks& g = parts_.room != nullptr ? *parts_.room : own_room_.emplace();
  if (g.layout() != parts_.x.layout()) g = zeros_like(parts_.x);
  if (!attempt([&] { parts_.oracle.value_gradient(parts_.x, g); })) g.flat().fill(nan_value);
  gradient_ = &g;
  return g;
}

const arma::mat* Frame::matrix(Of of, std::size_t block) {
  const auto key = std::pair(of, block);
  if (const auto known = matrices_.find(key); known != matrices_.end()) return &known->second;
  const Blocks* from = nullptr;
  switch (of) {
    case Of::parameters:
      from = &parts_.x;
      break;
    case Of::gradient:
      from = parts_.g;
      break;
    case Of::update:
      from = parts_.update;
      break;
    case Of::momentum:
      if (const auto shown = parts_.log.blocks.find("momentum");
          parts_.update != nullptr && shown != parts_.log.blocks.end())
        from = &shown->second;
      break;
    case Of::estimate: {
      arma::mat estimate;
      if (!attempt([&] { estimate = parts_.oracle.problem().estimate(parts_.x); }))
        estimate = arma::mat(1, 1, arma::fill::value(nan_value));
      return &matrices_.emplace(key, std::move(estimate)).first->second;
    }
  }
  if (from == nullptr || block >= from->count()) return nullptr;
  return &matrices_.emplace(key, copy_of(*from, block)).first->second;
}

const arma::vec* Frame::singular_values(Of of, std::size_t block) {
  const auto key = std::pair(of, block);
  if (const auto known = spectra_.find(key); known != spectra_.end()) return &known->second;
  const arma::mat* w = matrix(of, block);
  if (w == nullptr) return nullptr;
  return &spectra_.emplace(key, kappa::singular_values(*w)).first->second;
}

}  // namespace kappa
