/// Times what the window draws, how soon, and how little it does at rest; ends with 1 where a promise is missed.
#include "tests/bench/window/frames.hpp"

#include <QApplication>
#include <QEvent>
#include <QStandardPaths>
#include <algorithm>
#include <clocale>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>

namespace kappa::bench {
namespace {

double now(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return 1e3 * static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_nsec);
}

}  // namespace

void Times::time(const std::function<void()>& frame) {
  const double begin = now(CLOCK_MONOTONIC), begin_work = now(CLOCK_THREAD_CPUTIME_ID);
  frame();
  work.push_back(now(CLOCK_THREAD_CPUTIME_ID) - begin_work);
  wall.push_back(now(CLOCK_MONOTONIC) - begin);
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return NAN;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

void Rows::frames(const std::string& name, const Times& times, double limit) {
  add({name, "ms", quantile(times.wall, 0.95), quantile(times.wall, 0.5), quantile(times.work, 0.95),
       quantile(times.wall, 1), limit, true});
}

void Rows::figure(const std::string& name, double value, const std::string& unit, double limit) {
  add({name, unit, value, value, value, value, limit, false});
}

void Rows::add(Row row) {
  std::printf("%-38s %9.2f %-6s", row.name.c_str(), row.value, row.unit.c_str());
  if (row.limit >= 0) std::printf(" (at most %g)", row.limit);
  if (row.timed) std::printf("  p95; median %.2f, worst %.2f, own work p95 %.2f", row.median, row.worst, row.work);
  std::printf("%s\n", row.limit >= 0 && !(row.value <= row.limit) ? "  MISSED" : "");
  std::fflush(stdout);
  rows_.push_back(std::move(row));
}

bool Rows::kept() const {
  return std::all_of(rows_.begin(), rows_.end(), [](const Row& r) { return r.limit < 0 || r.value <= r.limit; });
}

bool Rows::write(const std::string& path) const {
  std::ofstream out(path);
  out << "{\"benchmarks\": [";
  const char* before = "\n";
  for (const Row& r : rows_) {
    out << before << "  {\"name\": \"" << r.name << "\", \"run_type\": \"iteration\", \"real_time\": " << r.median
        << ", \"cpu_time\": " << r.work << ", \"time_unit\": \"" << r.unit << "\", \"p95\": " << r.value;
    if (r.limit >= 0) out << ", \"limit\": " << r.limit;
    out << "}";
    before = ",\n";
  }
  out << "\n]}\n";
  return out.good();
}

void settle() {
  for (int turn = 0; turn < 4; ++turn) {
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
  }
}

Paints::Paints(QWidget& of) {
  of.installEventFilter(this);
  for (QWidget* child : of.findChildren<QWidget*>()) child->installEventFilter(this);
}

bool Paints::eventFilter(QObject*, QEvent* event) {
  if (event->type() == QEvent::Paint) ++count_;
  return false;
}

std::string matrix_runs(int runs, std::uint64_t steps) {
  std::string all;
  for (int i = 0; i < runs; ++i) {
    const char* type = i % 2 ? "adam" : "gradient_descent";
    all += std::string(i ? "," : "") + R"({"label": "run )" + std::to_string(i + 1) + R"(", "optimizer": {"type": ")" +
           type + R"(", "learning_rate": )" + std::to_string((i % 2 ? 1e-4 : 0.02) * (1 + i)) + "}}";
  }
  return R"({"kappascope": 1, "study": "descent", "title": "Matrix runs", "steps": )" + std::to_string(steps) +
         R"(, "problem": {"type": "matrix_least_squares", "rows": 50, "columns": 50, "samples": 100,
    "condition_number": 100}, "probes": [{"type": "gradient_norm"}], "runs": [)" +
         all + "]}";
}

}  // namespace kappa::bench

int main(int argc, char** argv) {
  using namespace kappa::bench;
  std::string json, only;
  std::uint64_t points = 10000000;
  bool quick = false, first_window = false, understood = true;
  for (int i = 1; i < argc; ++i) {
    const auto is = [&](const char* name) { return std::strcmp(argv[i], name) == 0; };
    const bool more = i + 1 < argc;
    if (is("--json") && more)
      json = argv[++i];
    else if (is("--points") && more)
      points = std::strtoull(argv[++i], nullptr, 10);
    else if (is("--only") && more)
      only = argv[++i];
    else if (is("--quick"))
      quick = true;
    else if (is("--first-window"))
      first_window = true;
    else
      understood = false;
  }
  if (!understood || points < 1000) {
    std::fprintf(stderr, "usage: %s [--json FILE] [--points N] [--only pictures|window] [--quick]\n", argv[0]);
    return 2;
  }
  if (first_window) return open_first_window(argc, argv);
  QApplication app(argc, argv);
  std::setlocale(LC_NUMERIC, "C");
  QStandardPaths::setTestModeEnabled(true);
  Rows rows;
  if (only.empty() || only == "pictures") measure_pictures(rows, points, quick);
  if (only.empty() || only == "window") measure_window(rows, argv[0], quick);
  if (!json.empty() && !rows.write(json)) {
    std::fprintf(stderr, "%s: cannot be written\n", json.c_str());
    return 3;
  }
  std::printf("%s\n", rows.kept() ? "kept" : "missed");
  return rows.kept() ? 0 : 1;
}
