/// Problems built once and shared as const by all runs with the same node and seed.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/kinds/problem.hpp"

namespace kappa {

/// Thread-safe; whoever asks first builds, others wait for it. A failed build throws to everyone who asks.
class ProblemCache {
 public:
  std::shared_ptr<const ProblemModel> get(const Node& node, std::uint64_t seed);
  std::shared_ptr<const ProblemModel> lifted(const std::shared_ptr<const ProblemModel>& problem);

 private:
  struct Slot {
    std::mutex mutex;
    std::shared_ptr<const ProblemModel> built;
  };
  Slot& slot(const std::string& key);
  std::mutex mutex_;
  std::map<std::string, Slot> slots_;
  std::map<const ProblemModel*, Slot> lifted_;
};

}  // namespace kappa
