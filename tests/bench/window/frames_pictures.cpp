/// Frames of eight curves with ten million points each: all of them, any part of them, and while eight runs stream.
#include <malloc.h>

#include <QApplication>
#include <QTemporaryDir>
#include <QThread>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

#include "core/lab.hpp"
#include "tests/bench/window/frames.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/charts/plot_view.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::bench {
namespace {

constexpr std::uint32_t curves = 8;
constexpr double frame_limit = 16, stream_limit = 33;  // milliseconds: what is promised
constexpr double point_limit = 24;                     // bytes

/// Noise by a counter, so that any point can be told again.
double noise(std::uint64_t i) {
  i = (i ^ (i >> 31)) * 0x9E3779B97F4A7C15u;
  i = (i ^ (i >> 29)) * 0xBF58476D1CE4E5B9u;
  return static_cast<double>(i >> 11) * 0x1p-53;
}

/// Losses that fall over twelve decades under noise as large as they are: every pixel column has its own two ends.
class Losses {
 public:
  explicit Losses(std::uint64_t points) : points_(points) {
    for (std::uint32_t run = 0; run < curves; ++run) {
      const std::uint32_t number = trace.open_run("run " + std::to_string(run + 1), 1);
      channels_.push_back(trace.open_channel({ChannelKind::series, number, 0, "loss", {}, {}}));
    }
  }
  /// The next `count` points of every curve; uneven: at steps that follow no rule a chunk could keep.
  void append(std::uint64_t count, bool uneven = false) {
    for (std::uint64_t k = 0; k < count; ++k, ++made_)
      for (std::uint32_t run = 0; run < curves; ++run) {
        const double fall = std::exp2(-static_cast<double>(made_) / static_cast<double>(points_) * 5 * (run + 1));
        const std::uint64_t step = uneven ? 2 * made_ + made_ % 3 / 2 : made_;
        trace.append({channels_[run], 0, step, fall * (0.2 + 1.6 * noise(made_ * curves + run))});
      }
  }
  std::uint64_t made() const { return made_; }

  Trace trace{std::uint64_t{1} << 30};

 private:
  std::uint64_t points_, made_ = 0;
  std::vector<std::uint32_t> channels_;
};

FigureSpec loss_spec(Scale x, Scale y) {
  FigureSpec spec;
  spec.id = "loss";
  spec.title = "Loss";
  spec.names = {"loss"};
  spec.x_label = "step";
  spec.x_scale = x;
  spec.y_scale = y;
  return spec;
}

/// A chart as the window shows it, and how it draws its next frame.
class Chart {
 public:
  Chart(const ui::AppTheme& theme, const Trace& trace) : view_(theme), trace_(trace) {
    view_.resize(900, 600);
    view_.QWidget::show();
    settle();
    paints_ = std::make_unique<Paints>(*view_.plot()->viewport());
  }
  void draw(const FigureSpec& spec, FigureOptions options) {
    const int before = paints_->count();
    options.pixel_columns = view_.pixelColumns();
    options.list_hidden = true;
    options.before = &view_.figure();
    view_.show(build_figure(spec, trace_, options));
    settle();
    if (paints_->count() == before) std::fprintf(stderr, "a frame was not painted\n"), std::exit(4);
  }
  void grab(const QString& path) { view_.grab().save(path, "PNG"); }

 private:
  ui::ChartView view_;
  const Trace& trace_;
  std::unique_ptr<Paints> paints_;
};

/// A range that is not the one before, from all of the steps down to a few.
Interval any_range(std::mt19937_64& random, double whole, double least) {
  std::uniform_real_distribution<double> any(0, 1);
  const double width = whole * std::pow(least / whole, any(random)), at = any(random);
  const double lo = at < 0.1 ? 0 : at > 0.9 ? whole - width : (whole - width) * any(random);
  return {lo, lo + width};
}

void draw_all(Rows& rows, Chart& chart, double whole, int frames) {
  const auto row = [&](const std::string& name, Scale x, Scale y) {
    const FigureSpec spec = loss_spec(x, y);
    Times times;
    for (int i = 0; i < frames + 3; ++i) {
      FigureOptions options;  // the axis moves a little, so that everything does
      options.total_steps = static_cast<std::uint64_t>(whole * (1 + 1e-4 * (1 + i % 50)));
      if (i < 3)
        chart.draw(spec, options);
      else
        times.time([&] { chart.draw(spec, options); });
    }
    rows.frames("Frames/" + name + "/ours", times, frame_limit);
  };
  row("all", Scale::linear, Scale::log);
  row("all_linear", Scale::linear, Scale::linear);
  row("all_log_log", Scale::log, Scale::log);
}

void zoom(Rows& rows, Chart& chart, double whole, int frames) {
  const auto row = [&](const std::string& name, Scale y, double largest, double least) {
    std::mt19937_64 random(7);
    Times times;
    for (int i = 0; i < frames; ++i) {
      FigureOptions options;
      options.total_steps = static_cast<std::uint64_t>(whole);
      Interval range = any_range(random, whole, least);
      if (range.hi - range.lo > largest) range.hi = range.lo + largest;
      options.x_range = range;
      if (i % 3 == 2) options.y_range = Interval{1e-3, 0.5};
      times.time([&] { chart.draw(loss_spec(Scale::linear, y), options); });
    }
    rows.frames("Zoom/" + name + "/ours", times, frame_limit);
  };
  row("any", Scale::log, whole, 5);
  row("any_linear", Scale::linear, whole, 5);
  row("deep", Scale::log, 5000, 3);
  row("shallow", Scale::log, whole, whole / 20);
  Times times, log_times;
  for (int i = 0; i < frames; ++i) {
    FigureOptions options;
    options.total_steps = static_cast<std::uint64_t>(whole);
    options.x_range = Interval{0.3 * whole + 1000.0 * i, 0.5 * whole + 1000.0 * i};
    times.time([&] { chart.draw(loss_spec(Scale::linear, Scale::log), options); });
    options.x_range = Interval{std::pow(10, 3.0 * i / frames), whole / (1 + i)};
    log_times.time([&] { chart.draw(loss_spec(Scale::log, Scale::log), options); });
  }
  rows.frames("Pan/all/ours", times, frame_limit);
  rows.frames("Zoom/log_axis/ours", log_times, frame_limit);
}

/// Eight matrix runs work and are recorded; the curves on the screen grow meanwhile as fast as a recorder writes.
void draw_streaming(Rows& rows, Chart& chart, Losses& losses, double seconds) {
  const Checked<Document> read = parse_document(matrix_runs(8, 100000000));
  const QTemporaryDir recovery;
  ui::Session session(recovery.path());
  session.openDocument(std::get<Document>(read), QStringLiteral("eight-runs"));
  session.run();
  std::jthread recorder([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      losses.append(40);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  Times all, zoomed;
  std::mt19937_64 random(11);
  QElapsedTimer clock;
  clock.start();
  for (int i = 0; static_cast<double>(clock.elapsed()) < 1e3 * seconds; ++i) {
    const auto whole = static_cast<double>(losses.trace.series(0, 0, "loss")->size());
    FigureOptions options;
    options.total_steps = static_cast<std::uint64_t>(whole);
    if (i % 2) options.x_range = any_range(random, whole, 5);
    (i % 2 ? zoomed : all).time([&] { chart.draw(loss_spec(Scale::linear, Scale::log), options); });
    QElapsedTimer rest;  // as the session's timer does
    for (rest.start(); rest.elapsed() < 16;) QThread::msleep(2), settle();
  }
  rows.frames("Frames/streaming/ours", all, stream_limit);
  rows.frames("Zoom/streaming/ours", zoomed, stream_limit);
}

double heap() {
  const struct mallinfo2 info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

}  // namespace

void measure_pictures(Rows& rows, std::uint64_t points, bool quick) {
  const int frames = quick ? 40 : 200;
  {
    const double before = heap();
    Losses uneven(points / 10);
    uneven.append(points / 10, true);
    const double count = static_cast<double>(curves) * static_cast<double>(uneven.made());
    rows.figure("Memory/uneven_steps/ours", (static_cast<double>(uneven.trace.bytes()) + heap() - before) / count,
                "B/point", point_limit);
  }
  const double before = heap();
  Losses losses(points);
  QElapsedTimer clock;
  clock.start();
  losses.append(points);
  const double count = static_cast<double>(curves) * static_cast<double>(points);
  rows.figure("Append/point/ours", 1e6 * static_cast<double>(clock.elapsed()) / count, "ns", Rows::no_limit);
  rows.figure("Memory/trace/ours", (static_cast<double>(losses.trace.bytes()) + heap() - before) / count, "B/point",
              point_limit);
  ui::AppTheme theme(*qApp);
  Chart chart(theme, losses.trace);
  const auto whole = static_cast<double>(points);
  draw_all(rows, chart, whole, frames);
  if (const QString picture = qEnvironmentVariable("KAPPA_FRAME"); !picture.isEmpty()) {
    FigureOptions options;
    options.total_steps = points;
    chart.draw(loss_spec(Scale::linear, Scale::log), options);
    chart.grab(picture + QStringLiteral("-log.png"));
    chart.draw(loss_spec(Scale::linear, Scale::linear), options);
    chart.grab(picture + QStringLiteral("-linear.png"));
    options.x_range = Interval{0.4 * whole, 0.4 * whole + 300};
    chart.draw(loss_spec(Scale::linear, Scale::log), options);
    chart.grab(picture + QStringLiteral("-deep.png"));
  }
  zoom(rows, chart, whole, frames);
  draw_streaming(rows, chart, losses, quick ? 4 : 15);
}

}  // namespace kappa::bench
