/// Runs one repeat of a study from begin to end on a worker.
#include "core/run/study_job.hpp"

#include <chrono>

#include "core/run/guarded.hpp"
#include "core/run/study_context.hpp"

namespace kappa {

namespace {

/// The job's own gate: emissions of its main thread, or of the part whose turn it is.
class WriterGate final : public EmissionGate {
 public:
  WriterGate(JobSink& sink, std::uint32_t repeat, RunOrder& order, std::stop_token quit)
      : writer_(sink, repeat, order, std::move(quit)) {}
  void emit(Emission emission) override { writer_.write(emission); }

 private:
  EmissionWriter writer_;
};

constexpr std::uint64_t progress_parts = 10'000;

}  // namespace

StudyJob::StudyJob(std::shared_ptr<const StudyModel> study, std::string label, std::uint64_t seed, std::uint64_t repeat,
                   std::shared_ptr<ProblemCache> problems, std::shared_ptr<RunOrder> order, Lend lend, unsigned workers,
                   Trace& trace, std::stop_token quit)
    : Job(std::move(label), 0, repeat, trace, quit),
      study_(std::move(study)),
      seed_(seed),
      repeat_(repeat),
      problems_(std::move(problems)),
      order_(std::move(order)),
      lend_(std::move(lend)),
      workers_(workers),
      quit_(std::move(quit)) {
  update([](JobStatus& s) { s.steps = progress_parts; });
}

void StudyJob::close(Outcome outcome) {
  if (repeat_ == 0) order_->first_has_ended();
  finish(std::move(outcome));
}

void StudyJob::set_progress(double fraction) {
  update([&](JobStatus& s) {
    s.step = static_cast<std::uint64_t>(std::min(1.0, std::max(0.0, fraction)) * progress_parts);
  });
}

void StudyJob::add_probe_seconds(double seconds) {
  update([&](JobStatus& s) { s.probe_seconds += seconds; });
}

void StudyJob::slice(Pace& pace) {
  const auto begun = std::chrono::steady_clock::now();
  update([](JobStatus& s) { s.started = true; });
  StudyWorld world{*this, pace, *problems_, lend_, workers_, seed_, repeat_};
  WriterGate gate(sink, static_cast<std::uint32_t>(repeat_), *order_, quit_);
  RunningStudy context(world, gate);
  Outcome outcome{Ended::finished, 0, ""};
  guarded([&](Outcome failed) { outcome = std::move(failed); }, [&] { study_->run(context); });
  if (const auto stop = pace.stopping(); stop && outcome.how == Ended::finished) outcome.how = *stop;
  update([&](JobStatus& s) {
    s.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    if (outcome.how == Ended::finished) s.step = s.steps;
  });
  close(std::move(outcome));
}

}  // namespace kappa
