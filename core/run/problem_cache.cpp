/// One slot a problem, each with its own lock, so that two different problems build at the same time.
#include "core/run/problem_cache.hpp"

#include "core/spec/document.hpp"

extern "C" void openblas_set_num_threads(int);

namespace kappa {

ProblemCache::ProblemCache() { openblas_set_num_threads(1); }

ProblemCache::Slot& ProblemCache::slot(const std::string& key) {
  const std::lock_guard lock(mutex_);
  return slots_[key];
}

std::shared_ptr<const ProblemModel> ProblemCache::get(const Node& node, std::uint64_t seed) {
  Slot& mine = slot(node_to_json(node) + "#" + std::to_string(seed));
  const std::lock_guard lock(mine.mutex);
  if (!mine.built) {
    std::unique_ptr<ProblemModel> problem = make_problem(node);
    problem->build(Rng(seed, "problem"));
    mine.built = std::move(problem);
  }
  return mine.built;
}

std::shared_ptr<const ProblemModel> ProblemCache::lifted(const std::shared_ptr<const ProblemModel>& problem) {
  Slot* mine = nullptr;
  {
    const std::lock_guard lock(mutex_);
    mine = &lifted_[problem.get()];
  }
  const std::lock_guard lock(mine->mutex);
  if (!mine->built) mine->built = problem->lift();
  return mine->built;
}

std::shared_ptr<const Slice> ProblemCache::slice(const std::shared_ptr<const ProblemModel>& problem,
                                                 const MakeSlice& make) {
  Cut* mine = nullptr;
  {
    const std::lock_guard lock(mutex_);
    mine = &cuts_[problem.get()];
  }
  const std::lock_guard lock(mine->mutex);
  if (!mine->made) {
    mine->problem = problem;
    mine->slice = make();
    mine->made = true;
  }
  return mine->slice;
}

}  // namespace kappa
