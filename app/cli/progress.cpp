/// Trouble on standard error, interrupts, and a progress line for terminals.
#include <unistd.h>
#include <csignal>
#include <cstdio>
#include <string>

#include "app/cli/verbs.hpp"

namespace kappa::cli {

namespace {

volatile std::sig_atomic_t interrupt_seen = 0;  // a signal handler has nothing else to write to
extern "C" void on_signal(int) { interrupt_seen = 1; }

std::string clock_text(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  char text[32];
  if (whole >= 3600)
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  else
    std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
  return text;
}

std::string progress_line(const RunnerStatus& status, const std::string& name) {
  std::uint64_t done = 0, all = 0;
  for (const RunStatus& run : status.runs) {
    done += run.step;
    all += run.ended ? run.step : run.steps;
  }
  char text[200];
  std::snprintf(text, sizeof text, "%s  %3.0f %%  %llu of %llu steps  %.3g steps/s  %s left", name.c_str(),
                100 * status.progress, static_cast<unsigned long long>(done), static_cast<unsigned long long>(all),
                status.steps_per_second, status.seconds_left ? clock_text(*status.seconds_left).c_str() : "-");
  return text;
}

}  // namespace

int complain(const Issues& issues) {
  bool file = false;
  for (const Issue& issue : issues) {
    std::fprintf(stderr, "kappascope-cli: %s\n", to_string(issue).c_str());
    file = file || issue.trouble == Trouble::file;
  }
  return file ? bad_file : bad_input;
}

void watch_for_interrupt() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool was_interrupted() { return interrupt_seen != 0; }

void wait_with_progress(Runner& runner, bool quiet, const std::string& name) {
  const bool talk = !quiet && isatty(STDERR_FILENO) != 0;
  bool shown = false;
  while (!runner.wait(std::chrono::milliseconds(talk ? 100 : 50))) {
    if (was_interrupted()) runner.interrupt();
    if (!talk) continue;
    std::fprintf(stderr, "\r\033[K%s", progress_line(runner.status(), name).c_str());
    std::fflush(stderr);
    shown = true;
  }
  if (shown) std::fprintf(stderr, "\r\033[K");
}

}  // namespace kappa::cli
