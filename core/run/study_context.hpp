/// What a study's `run` speaks to: emissions by name, descents inside, and parts in parallel.
#pragma once

#include <memory>

#include "core/run/emission.hpp"
#include "core/run/study_job.hpp"

namespace kappa {

/// Shared by all contexts of one job.
struct StudyWorld {
  StudyJob& job;
  Pace& pace;
  ProblemCache& problems;
  const Lend& lend;
  unsigned workers;
  std::uint64_t seed, repeat;
};

class RunningStudy final : public StudyContext {
 public:
  RunningStudy(StudyWorld& world, EmissionGate& gate) : world_(world), gate_(gate) {}
  std::uint64_t seed() const override { return world_.seed; }
  std::uint64_t repeat() const override { return world_.repeat; }
  void series(std::string_view run, std::string_view name, std::uint64_t step, double y) override;
  void spectrum(std::string_view run, std::string_view name, std::uint64_t step, const arma::vec& values) override;
  void curve(std::string_view run, std::string_view name, double x, double y) override;
  void field(std::string_view run, std::string_view name, const std::vector<FieldCell>& cells) override;
  void theory(TheoryKind kind, std::string_view run, std::string_view series, std::string_view curve,
              const std::vector<double>& x, const std::vector<double>& y) override;
  std::shared_ptr<const ProblemModel> problem(const Node& node) override;
  DescentResult descent(std::string_view label, const DescentSpec& spec) override;
  DescentResult quietly(const DescentSpec& spec) override;
  void parallel_for(std::size_t n, const std::function<void(std::size_t, StudyContext&)>& f) override;
  bool stopping() const override { return world_.pace.stopping().has_value(); }
  void progress(double fraction) override { world_.job.set_progress(fraction); }

 private:
  Emission named(ChannelKind kind, std::string_view run, std::string_view name) const;
  DescentResult run_to_end(Run& run, Sink& sink, bool streamed);
  StudyWorld& world_;
  EmissionGate& gate_;
};

}  // namespace kappa
