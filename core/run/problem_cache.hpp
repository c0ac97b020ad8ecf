/// Problems built once and shared as const by all runs with the same node and seed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/kinds/problem.hpp"
#include "core/kinds/slice.hpp"

namespace kappa {

/// Thread-safe; whoever asks first builds, others wait for it. A failed build throws to everyone who asks.
class ProblemCache {
 public:
  ProblemCache();  ///< from now on OpenBLAS runs one thread a caller: the number of cores changes no bit of the data
  std::shared_ptr<const ProblemModel> get(const Node& node, std::uint64_t seed);
  std::shared_ptr<const ProblemModel> lifted(const std::shared_ptr<const ProblemModel>& problem);
  /// The plane that paths of this problem are drawn on, chosen by whoever asks first; may be null.
  using MakeSlice = std::function<std::shared_ptr<const Slice>()>;
  std::shared_ptr<const Slice> slice(const std::shared_ptr<const ProblemModel>& problem, const MakeSlice& make);

 private:
  struct Slot {
    std::mutex mutex;
    std::shared_ptr<const ProblemModel> built;
  };
  struct Cut {
    std::mutex mutex;
    bool made = false;
    std::shared_ptr<const ProblemModel> problem;  ///< kept, so that its address stays its own
    std::shared_ptr<const Slice> slice;
  };
  Slot& slot(const std::string& key);
  std::mutex mutex_;
  std::map<std::string, Slot> slots_;
  std::map<const ProblemModel*, Slot> lifted_;
  std::map<const ProblemModel*, Cut> cuts_;
};

}  // namespace kappa
