/// One repeat of a study, and the context it runs in.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/run/job.hpp"
#include "core/run/run_order.hpp"

namespace kappa {

/// Lends idle workers: `enqueue` may run the task on another thread at any time, or never.
using Lend = std::function<void(std::function<void()>)>;

class StudyJob final : public Job {
 public:
  StudyJob(std::shared_ptr<const StudyModel> study, std::string label, std::uint64_t seed, std::uint64_t repeat,
           std::shared_ptr<ProblemCache> problems, std::shared_ptr<RunOrder> order, Lend lend, unsigned workers,
           Trace& trace, std::stop_token quit);
  void slice(Pace& pace) override;
  void end(Ended how) override { close({how, 0, ""}); }
  bool whole() const override { return true; }
  void set_progress(double fraction);
  void add_probe_seconds(double seconds);

 private:
  void close(Outcome outcome);

  std::shared_ptr<const StudyModel> study_;
  std::uint64_t seed_, repeat_;
  std::shared_ptr<ProblemCache> problems_;
  std::shared_ptr<RunOrder> order_;
  Lend lend_;
  unsigned workers_;
  std::stop_token quit_;
};

}  // namespace kappa
