/// Parts that run on any worker while what they emit comes out in index order.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

#include "core/run/emission.hpp"
#include "core/run/study_job.hpp"

namespace kappa {

/// The first unfinished part emits at once; the others are held back until it is their turn.
class OrderedParts {
 public:
  OrderedParts(EmissionGate& out, std::size_t n) : out_(out), held_(n), done_(n, false) {}
  void emit(std::size_t part, Emission emission);
  void finish(std::size_t part);

 private:
  EmissionGate& out_;
  std::mutex mutex_;
  std::size_t turn_ = 0;
  std::vector<std::vector<Emission>> held_;
  std::vector<bool> done_;
};

class PartGate final : public EmissionGate {
 public:
  PartGate(OrderedParts& parts, std::size_t part) : parts_(parts), part_(part) {}
  void emit(Emission emission) override { parts_.emit(part_, std::move(emission)); }

 private:
  OrderedParts& parts_;
  std::size_t part_;
};

/// Calls work(0) .. work(n-1), each once, on this thread and on the ones lent. The first exception by index is
/// rethrown.
void in_parallel(std::size_t n, unsigned workers, const Lend& lend, const std::function<void(std::size_t)>& work);

}  // namespace kappa
