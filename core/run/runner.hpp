/// Runs a document on a pool of workers, records everything, and obeys pause, step, stop, speed and live edits.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/figure/spec.hpp"
#include "core/kinds/outcome.hpp"
#include "core/run/advice.hpp"
#include "core/run/unmeasured.hpp"
#include "core/spec/document.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

class ProblemCache;

/// `paused`: nothing has started yet, or it waits. `closing`: all runs have ended, claims and files are being written.
enum class Phase : std::uint8_t { running, paused, closing, finished };

struct RunStatus {
  std::string label;
  std::size_t run = 0;
  std::uint64_t repeat = 0, step = 0, steps = 0;
  double loss = 0, best_loss = 0, seconds = 0, probe_seconds = 0;
  bool started = false;
  std::optional<Ended> ended;
  std::string why;
  std::vector<Unmeasured> unmeasured;
};

struct RunnerStatus {
  Phase phase = Phase::paused;
  std::vector<RunStatus> runs;  ///< by repeat, then run; a study has one row a repeat
  double progress = 0;          ///< 0 to 1 over all runs
  double seconds = 0;           ///< of work since the start, pauses left out
  double steps_per_second = 0;
  std::optional<double> seconds_left;
  std::string trouble;       ///< a file could not be written
  std::uint64_t advice = 0;  ///< grows whenever `Runner::advice` has something new
  bool advising = false;     ///< a question is still being answered
};

struct ClaimResult {
  std::string claim, paper, statistic, expected;
  double measured = 0;
  std::optional<bool> holds;
  std::string why;
  std::string expected_words, measured_words;  ///< for people; empty: the two above say it
};

struct RunnerOptions {
  unsigned threads = 0;             ///< 0: one a core
  std::string directory = {};       ///< results; empty: nothing is written
  std::string name = "experiment";  ///< in claims.json
  bool pictures = true;
  bool start_paused = false;
  bool polite = false;          ///< workers at lower priority than the caller
  double steps_per_second = 0;  ///< 0: unlimited
  /// By run of a descent: the steps it comes back to at once, whatever pause and speed say. Missing: 0.
  std::vector<std::uint64_t> come_back_to = {};
  bool advise = false;                               ///< work out advice on every run
  std::shared_ptr<ProblemCache> problems = nullptr;  ///< with what the check of the inputs has built; null: a new one
  std::uint64_t memory_budget = std::uint64_t{1} << 30;
};

/// The only class with threads. The document must be complete and valid. Every call returns at once but `wait`.
class Runner {
 public:
  Runner(Document document, RunnerOptions options);
  ~Runner();  ///< interrupts what still runs
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  void pause();
  void resume();
  void step(std::uint64_t n = 1);           ///< each run makes n steps, then waits
  void stop();                              ///< where they stand; recorded as events, results are written
  void interrupt();                         ///< Ctrl-C: what was recorded is kept
  void set_speed(double steps_per_second);  ///< 0: unlimited
  /// A live field of one run's optimizer, "learning_rate" or "base/rho"; takes effect at its next step.
  std::optional<Issue> edit(std::size_t run, const std::string& field, const Value& value);

  /// Asks for advice on a run as if its optimizer were this one: at once when its problem is built, even after the end.
  void ask(std::size_t run, Node optimizer);
  std::vector<Advice> advice() const;  ///< by run; the last answers, empty until they are there

  RunnerStatus status() const;
  bool finished() const;
  bool wait(std::optional<std::chrono::milliseconds> limit = std::nullopt);  ///< until finished

  std::shared_ptr<const Trace> trace() const;
  Document document() const;  ///< with the events of this session
  std::vector<FigureSpec> figures() const;
  std::vector<ClaimResult> claims() const;  ///< once finished

  struct World;  ///< its threads' shared state, in core alone

 private:
  std::shared_ptr<World> world_;
};

}  // namespace kappa
