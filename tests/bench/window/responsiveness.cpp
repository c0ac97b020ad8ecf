/// Runs eight matrix runs at full speed in the real window and measures how long it ever keeps its user waiting.
#include <QApplication>
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <clocale>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/main_window.hpp"

namespace {

constexpr double most_gap = 100, most_frame = 33;  // milliseconds: what is promised

/// Times what the event loop does: its turns, each event, and the events that paint the window.
class WatchedApplication : public QApplication {
 public:
  using QApplication::QApplication;

  void watch() {
    clock_.start();
    // The dispatchers' own signals do not tell sleep from work on every platform; a fast beat misses no pause.
    beat_.setTimerType(Qt::PreciseTimer);
    connect(&beat_, &QTimer::timeout, this, [this] {
      const qint64 now = clock_.nsecsElapsed();
      worst_turn_ = std::max(worst_turn_, static_cast<double>(now - last_) / 1e6);
      last_ = now;
    });
    beat_.start(2);
  }

  /// Called when the session has news: what follows is the next frame's work.
  void beginFrame() {
    if (painted_ > 0) {
      paints_.push_back(painted_);
      works_.push_back(worked_);
    }
    painted_ = worked_ = 0;
  }

  bool notify(QObject* receiver, QEvent* event) override {
    // A scene paints its window from inside an event of its own.
    const bool paints = !painting_ && event->type() == QEvent::UpdateRequest;
    const bool outermost = depth_ == 0;
    if (!clock_.isValid() || !(paints || outermost)) return QApplication::notify(receiver, event);
    const std::string name =
        outermost ? receiver->metaObject()->className() + (" " + std::to_string(event->type())) : std::string();
    ++depth_;
    painting_ = painting_ || paints;
    const qint64 begin = clock_.nsecsElapsed();
    const bool taken = QApplication::notify(receiver, event);
    const double spent = static_cast<double>(clock_.nsecsElapsed() - begin) / 1e6;
    --depth_;
    if (paints) painting_ = false, painted_ += spent;
    if (!outermost) return taken;
    worked_ += spent;
    double& worst = events_[name];
    worst = std::max(worst, spent);
    return taken;
  }

  double worstTurn() const { return worst_turn_; }
  double seconds() const { return static_cast<double>(clock_.nsecsElapsed()) / 1e9; }
  /// Milliseconds of each frame: painting it, and all that the window did for it.
  const std::vector<double>& paints() const { return paints_; }
  const std::vector<double>& works() const { return works_; }
  /// The longest of each kind of event, worst first.
  std::vector<std::pair<double, std::string>> slowest() const {
    std::vector<std::pair<double, std::string>> all;
    for (const auto& [name, spent] : events_) all.emplace_back(spent, name);
    std::sort(all.rbegin(), all.rend());
    return all;
  }

 private:
  QElapsedTimer clock_;
  QTimer beat_;
  qint64 last_ = 0;
  int depth_ = 0;
  bool painting_ = false;
  double worst_turn_ = 0, painted_ = 0, worked_ = 0;
  std::vector<double> paints_, works_;
  std::map<std::string, double> events_;
};

/// Eight runs on a 50 x 50 layer that end long after the measurement does.
std::string document() {
  std::string runs;
  for (int i = 0; i < 8; ++i) {
    const char* type = i % 2 ? "adam" : "gradient_descent";
    runs += std::string(i ? "," : "") + R"({"label": "run )" + std::to_string(i + 1) + R"(", "optimizer": {"type": ")" +
            type + R"(", "learning_rate": )" + std::to_string((i % 2 ? 1e-4 : 0.02) * (1 + i)) + "}}";
  }
  return R"({"kappascope": 1, "study": "descent", "title": "Eight runs", "steps": 100000000,
    "problem": {"type": "matrix_least_squares", "rows": 50, "columns": 50, "samples": 100, "condition_number": 100},
    "probes": [{"type": "gradient_norm"}, {"type": "singular_values", "every": 10}], "runs": [)" +
         runs + "]}";
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return NAN;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

std::uint64_t stepsOf(const kappa::ui::Session& session) {
  std::uint64_t sum = 0;
  for (const kappa::RunStatus& run : session.status().runs) sum += run.step;
  return sum;
}

int report(const WatchedApplication& app, double seconds, std::uint64_t steps) {
  const double typical = quantile(app.paints(), 0.95), worst = quantile(app.paints(), 1);
  std::printf("%-44s %10.1f ms   (below %.0f)\n", "longest wait between two turns of the loop", app.worstTurn(),
              most_gap);
  std::printf("%-44s %10.1f ms   (below %.0f)\n", "painting a frame, 95 of 100", typical, most_frame);
  std::printf("%-44s %10.1f ms\n", "painting a frame, worst", worst);
  std::printf("%-44s %10.1f ms\n", "all work for a frame, 95 of 100", quantile(app.works(), 0.95));
  std::printf("%-44s %10.1f /s\n", "frames", static_cast<double>(app.paints().size()) / seconds);
  std::printf("%-44s %10.0f /s\n", "steps, all runs together", static_cast<double>(steps) / seconds);
  const auto slowest = app.slowest();
  for (std::size_t i = 0; i < std::min<std::size_t>(4, slowest.size()); ++i)
    std::printf("  longest event %zu: %-27s %10.1f ms\n", i + 1, slowest[i].second.c_str(), slowest[i].first);
  const bool kept = app.worstTurn() < most_gap && typical < most_frame;
  std::printf("%s\n", kept ? "kept" : "missed");
  return kept ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace kappa;
  WatchedApplication app(argc, argv);
  std::setlocale(LC_NUMERIC, "C");
  QStandardPaths::setTestModeEnabled(true);
  const double seconds = argc > 1 ? std::atof(argv[1]) : 20;
  if (!(seconds > 0)) {
    std::fprintf(stderr, "usage: %s [SECONDS]\n", argv[0]);
    return 2;
  }
  const Checked<Document> read = parse_document(document());
  if (const Issues* issues = issues_of(read)) {
    for (const Issue& issue : *issues) std::fprintf(stderr, "%s\n", to_string(issue).c_str());
    return 2;
  }
  const QTemporaryDir recovery;
  ui::AppTheme theme(app);
  ui::Session session(recovery.path());
  session.openDocument(std::get<Document>(read), QStringLiteral("eight-runs"));
  ui::MainWindow window(session, theme);
  window.resize(1920, 1080);
  window.showSetup();
  window.show();
  std::uint64_t before = 0;
  // The window opens and the problem is built first; what is measured is the run.
  QTimer::singleShot(1500, &app, [&] { session.run(); });
  QTimer::singleShot(2500, &app, [&] {
    before = stepsOf(session);
    QObject::connect(&session, &ui::Session::refreshed, &app, [&] { app.beginFrame(); });
    app.watch();
    QTimer::singleShot(static_cast<int>(1e3 * seconds), &app, &QApplication::quit);
  });
  QApplication::exec();
  return report(app, app.seconds(), stepsOf(session) - before);
}
