/// Works out advice beside the runs, for the optimizer that was asked about last.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/run/advice.hpp"
#include "core/run/problem_cache.hpp"
#include "core/spec/document.hpp"

namespace kappa {

/// Advice on one run of a complete document as if its optimizer were this one; none where it cannot be built.
Advice advise(const Document& document, std::size_t run, const Node& optimizer, ProblemCache& problems);

/// Thread-safe. A newer question about a run takes the place of one that waits.
class Adviser {
 public:
  Adviser(Document document, std::shared_ptr<ProblemCache> problems);
  void ask(std::size_t run, Node optimizer);
  void work(const std::stop_token& quit);  ///< answers until told to quit
  std::vector<Advice> advice() const;      ///< by run
  std::uint64_t version() const;           ///< grows with every answer
  bool busy() const;

 private:
  const Document document_;
  const std::shared_ptr<ProblemCache> problems_;
  mutable std::mutex mutex_;
  std::condition_variable_any asked_;
  std::vector<std::pair<std::size_t, Node>> questions_;  ///< the last one is answered first
  std::vector<Advice> advice_;
  std::uint64_t version_ = 0;
  bool busy_ = false;
};

}  // namespace kappa
