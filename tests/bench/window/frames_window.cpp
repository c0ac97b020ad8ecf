/// The window itself: how soon it stands and moves, what it costs at rest, out of sight, and the runs it shows.
#include <sys/resource.h>

#include <QApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iterator>

#include "core/lab.hpp"
#include "tests/bench/window/frames.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/documents/windows.hpp"
#include "ui/gallery/gallery_page.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/main_window.hpp"

namespace kappa::bench {
namespace {

constexpr double window_limit = 1000, click_limit = 500;  // milliseconds: what is promised
constexpr double idle_limit = 1, stream_limit = 5;        // percent

Document document_of(const std::string& text) { return std::get<Document>(parse_document(text)); }

double monotonic() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3 * static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_nsec);
}

/// Seconds of work of the whole process, all threads together.
double worked() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

/// Lets the event loop turn, asleep between events as it is in the program.
void turn(double seconds) {
  QEventLoop loop;
  QTimer::singleShot(static_cast<int>(1e3 * seconds), &loop, &QEventLoop::quit);
  loop.exec();
}

template <class Condition>
bool await(Condition so, double seconds = 30) {
  const double end = monotonic() + 1e3 * seconds;
  while (!so()) {
    if (monotonic() > end) return false;
    QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
  }
  return true;
}

/// A window with its session, as the program makes them.
struct Desk {
  QTemporaryDir recovery;
  ui::AppTheme theme{*qApp};
  ui::Session session{recovery.path()};
  ui::MainWindow window{session, theme};
  void open(const std::string& document) {
    session.openDocument(document_of(document), QStringLiteral("bench"));
    window.showSetup();
    window.show();
    settle();
  }
};

/// Until another process has its first window painted, from before it began; the best of some.
void first_window(Rows& rows, const char* program, int times) {
  double best = 1e9, work = 1e9;
  for (int i = 0; i < times; ++i) {
    QProcess process;
    const double begin = monotonic();
    process.start(QString::fromLocal8Bit(program), {QStringLiteral("--first-window")});
    process.waitForFinished(30000);
    const QList<QByteArray> told = process.readAllStandardOutput().trimmed().split(' ');
    if (process.exitCode() != 0 || told.size() != 2) continue;
    best = std::min(best, told[0].toDouble() - begin);
    work = std::min(work, told[1].toDouble());
  }
  rows.figure("Start/first_window/ours", best, "ms", window_limit);
  rows.figure("Start/first_window_work/ours", work, "ms", Rows::no_limit);
}

/// The longest curve that any card has to show.
std::size_t longest_curve(const ui::MainWindow& window) {
  std::size_t longest = 0;
  for (const ui::ChartCard* card : const_cast<ui::MainWindow&>(window).charts().cards())
    for (const Curve& curve : card->view()->figure().curves)
      if (!curve.theory) longest = std::max(longest, curve.vertices.size());
  return longest;
}

/// Each of the gallery's experiments is clicked and run; how long until a curve of it has begun to move.
void gallery_click(Rows& rows, std::size_t most) {
  Desk desk;
  desk.window.resize(1280, 800);
  desk.window.show();
  settle();
  std::vector<double> waits;
  double worst = 0;
  std::string slowest;
  const auto entries = gallery();
  for (std::size_t i = 0; i < std::min(most, entries.size()); ++i) {
    const std::string name = entries[i * entries.size() / std::min(most, entries.size())].name;
    desk.window.showGallery();
    settle();
    const double begin = monotonic();
    emit desk.window.gallery().chosen(QString::fromStdString(name));
    if (!desk.session.countsSteps()) continue;  // a study's first curve is a finished piece of work
    desk.session.run();
    const bool moved = await([&] { return longest_curve(desk.window) > 1; }, 10);
    settle();
    const double wait = monotonic() - begin;
    if (moved) waits.push_back(wait);
    if (moved && wait > worst) worst = wait, slowest = name;
    desk.session.stop();
    await([&] { return desk.session.state() == ui::RunState::finished; }, 5);
    desk.session.undoStack().setClean();
  }
  rows.figure("Start/gallery_click/ours", quantile(waits, 0.5), "ms", click_limit);
  rows.figure("Start/gallery_click_p95/ours", quantile(waits, 0.95), "ms", click_limit);
  std::printf("  slowest of %zu: %s, %.0f ms\n", waits.size(), slowest.c_str(), worst);
}

void idle(Rows& rows, double seconds) {
  Desk desk;
  desk.open(matrix_runs(2, 300));
  const auto rest = [&](const std::string& name) {
    turn(3);
    const double begin = worked();
    turn(seconds);
    rows.figure("Idle/" + name + "/ours", 100 * (worked() - begin) / seconds, "%", idle_limit);
  };
  desk.session.run();
  await([&] { return desk.session.state() == ui::RunState::finished; });
  rest("finished");
  desk.open(matrix_runs(8, 100000000));
  desk.session.run();
  turn(1);
  desk.session.pause();
  rest("paused");
}

void hidden(Rows& rows, double seconds) {
  Desk desk;
  desk.open(matrix_runs(8, 100000000));
  desk.session.run();
  turn(1);
  const Paints paints(desk.window);
  const auto away = [&](const std::string& name) {
    turn(0.5);
    const int before = paints.count();
    int layouts = 0;
    for (const ui::ChartCard* card : desk.window.charts().cards()) layouts -= card->view()->layouts();
    turn(seconds);
    for (const ui::ChartCard* card : desk.window.charts().cards()) layouts += card->view()->layouts();
    rows.figure("Hidden/" + name + "/ours", paints.count() - before + layouts, "paints", 0);
  };
  desk.window.hide();
  away("closed");
  desk.window.show();
  turn(0.5);
  desk.window.showMinimized();
  away("minimised");
}

/// Seconds that all the runs of a document take, with nobody looking.
double headless(const std::string& text) {
  const QTemporaryDir results;
  RunnerOptions options;
  options.directory = results.path().toStdString();
  options.polite = true;
  const double begin = monotonic();
  Runner runner(complete(document_of(text)), options);
  while (runner.status().phase == Phase::running) runner.wait(std::chrono::milliseconds(2));
  return monotonic() - begin;
}

double in_window(const std::string& text) {
  Desk desk;
  desk.window.resize(1280, 800);
  desk.open(text);
  turn(1);
  const double begin = monotonic();
  desk.session.run();
  await([&] { return desk.session.status().phase != Phase::running; }, 120);
  return monotonic() - begin;
}

/// The same document in turns with nobody looking and in the window; the best of each.
void streaming(Rows& rows, const std::string& name, const std::string& text, int times, double limit) {
  double alone = 1e9, shown = 1e9;
  for (int i = 0; i < times; ++i) {
    alone = std::min(alone, headless(text));
    shown = std::min(shown, in_window(text));
  }
  std::printf("  %s: %.0f ms headless, %.0f ms in the window\n", name.c_str(), alone, shown);
  rows.figure("Streaming/" + name + "/ours", 100 * (shown / alone - 1), "%", limit);
}

}  // namespace

void measure_window(Rows& rows, const char* program, bool quick) {
  first_window(rows, program, quick ? 2 : 5);
  gallery_click(rows, quick ? 8 : 40);
  idle(rows, quick ? 3 : 10);
  hidden(rows, quick ? 1 : 3);
  streaming(rows, "one_run", matrix_runs(1, quick ? 20000 : 60000), quick ? 2 : 4, stream_limit);
  streaming(rows, "eight_runs", matrix_runs(8, quick ? 4000 : 12000), quick ? 2 : 3, Rows::no_limit);
}

int open_first_window(int argc, char** argv) {
  QApplication app(argc, argv);
  std::setlocale(LC_NUMERIC, "C");
  QStandardPaths::setTestModeEnabled(true);
  ui::AppTheme theme(app);
  ui::Windows windows(theme, nullptr, QString());
  if (!windows.open().empty()) return 2;
  const Paints paints(*windows.newest());
  QTimer look;
  QObject::connect(&look, &QTimer::timeout, &app, [&] {
    if (paints.count() == 0) return;
    QCoreApplication::sendPostedEvents();
    std::printf("%.3f %.3f\n", monotonic(), 1e3 * worked());
    std::fflush(stdout);
    std::_Exit(0);  // the way out is not measured
  });
  look.start(1);
  return QApplication::exec();
}

}  // namespace kappa::bench
