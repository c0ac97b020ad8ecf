/// Fills a trace by hand, and makes figures that hold everything a writer can meet.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/figure/build.hpp"
#include "core/trace/trace.hpp"

namespace kappa::test {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double inf = std::numeric_limits<double>::infinity();

class Recorder {
 public:
  Trace trace;

  void series(const std::string& run, std::uint64_t step, double value, std::uint32_t repeat = 0,
              std::uint32_t repeats = 1, const std::string& name = "loss") {
    trace.append(Record{open(ChannelKind::series, run, name, repeat, repeats), 0, step, value});
  }
  void spectrum(const std::string& run, std::uint64_t step, const std::vector<double>& values,
                const std::string& name = "singular_values", std::uint32_t repeat = 0, std::uint32_t repeats = 1) {
    const auto channel = open(ChannelKind::spectrum, run, name, repeat, repeats);
    for (std::uint32_t i = 0; i < values.size(); ++i) trace.append(Record{channel, i + 1, step, values[i]});
  }
  void curve(const std::string& run, const std::vector<double>& x, const std::vector<double>& y,
             std::uint32_t repeat = 0, std::uint32_t repeats = 1, const std::string& name = "risk") {
    trace.append_curve(open(ChannelKind::curve, run, name, repeat, repeats), x, y);
  }
  void theory(const std::string& run, const std::string& series, const std::string& curve, TheoryKind kind,
              const std::vector<double>& x, const std::vector<double>& y) {
    const auto r = trace.open_run(run, 1);
    trace.append_curve(trace.open_channel({ChannelKind::theory, r, 0, series, curve, kind}), x, y);
  }
  /// As `StudyContext::vertical` emits it.
  void vertical(const std::string& run, const std::string& series, const std::string& name, TheoryKind kind, double x) {
    theory(run, series, name, kind, {x, x}, {-inf, inf});
  }
  void field(const std::string& run, const std::string& name, const std::vector<FieldCell>& cells,
             std::uint32_t repeat = 0, std::uint32_t repeats = 1) {
    trace.append_field(open(ChannelKind::field, run, name, repeat, repeats), cells);
  }
  void cost(const std::string& run, std::uint64_t step, std::uint64_t gradients, std::uint64_t samples) {
    const std::uint64_t counts[4] = {gradients, 0, 0, samples};
    trace.append_cost(open(ChannelKind::cost, run, "cost", 0, 1), step, counts);
  }

 private:
  std::uint32_t open(ChannelKind kind, const std::string& run, const std::string& name, std::uint32_t repeat,
                     std::uint32_t repeats) {
    const auto r = trace.open_run(run, repeats);
    return trace.open_channel({kind, r, repeat, name, "", TheoryKind::exact});
  }
};

/// Three repeats of two runs that end after 9, 5 and 2 steps, the fastest first.
struct ThreeThatStop : Recorder {
  ThreeThatStop() {
    for (const char* run : {"a", "b"})
      for (std::uint32_t k = 0; k < 3; ++k)
        for (std::uint64_t t = 0; t <= (k == 0 ? 9u : k == 1 ? 5u : 2u); ++t)
          series(run, t, std::pow(2 * std::pow(10.0, k), -static_cast<double>(t)), k, 3);
  }
};

inline FigureSpec loss_spec(Scale y = Scale::log) {
  return {.id = "loss", .title = "Loss", .y_scale = y, .names = {"loss"}};
}

inline FigureOptions over(std::uint64_t steps) {
  FigureOptions options;
  options.total_steps = steps;
  return options;
}

/// Zeros, gaps, divergence, machine-zero values, bands, theory, marks and labels that break naive writers.
inline Figure crowded_figure(Scale y = Scale::log) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 200; ++t) {
    const double s = static_cast<double>(t);
    r.series("reaches <zero> & \"stays\"", t, t < 120 ? std::exp(-0.3 * s) : 0);
    r.series("diverges_50%", t, t < 150 ? std::exp(0.5 * s) : t == 150 ? inf : nan);
    r.series("gaps, \"κ\" ]]>", t, t % 40 == 7 ? nan : t % 60 == 50 ? -1 : 0.3 * std::exp(-0.02 * s));
    for (std::uint32_t k = 0; k < 5; ++k) r.series("five", t, std::exp(-0.05 * s * (1 + 0.1 * k)), k, 5);
  }
  r.theory("five", "loss", "(√κ−1)²ᵗ", TheoryKind::bound, {0, 30, 60, 200}, {2, 1e-1, 1e-2, 1e-6});
  FigureOptions options = over(200);
  options.at_step = 60;
  options.cursor = true;
  options.marks = {{"five", MarkKind::edit, 60, "η 0.1 → 0.05"},
                   {"five", MarkKind::fork, 90, "fork"},
                   {"five", MarkKind::reached, 180, "reached 1e-16"}};
  return build_figure(loss_spec(y), r.trace, options);
}

inline std::vector<double> heights(const Curve& curve) {
  std::vector<double> y;
  for (const Vertex& v : curve.vertices) y.push_back(v.y);
  return y;
}

/// One figure of each form and of each degenerate kind.
inline std::vector<Figure> all_figures() {
  std::vector<Figure> figures{crowded_figure(), crowded_figure(Scale::linear), Figure{}};
  Recorder nothing;
  figures.push_back(build_figure(loss_spec(), nothing.trace, over(100)));
  Recorder one;
  one.series("only", 0, 3.7);
  figures.push_back(build_figure(loss_spec(), one.trace, over(100)));
  Recorder many;
  for (int run = 0; run < 20; ++run)
    for (std::uint64_t t = 0; t <= 50; ++t)
      many.series("run " + std::to_string(run), t, std::pow(10, -0.016 * static_cast<double>(t) * run));
  figures.push_back(build_figure(loss_spec(), many.trace, over(50)));
  Recorder spectra;
  for (std::uint64_t t = 0; t <= 40; t += 10) {
    spectra.spectrum("GD", t, {3, 1, 1e-16, 0});
    spectra.spectrum("Muon", t, {2, 1, 0.5, nan});
  }
  spectra.theory("GD", "singular_values", "truth", TheoryKind::exact, {1, 2, 3, 4}, {3, 2, 1, 0.5});
  FigureSpec spectrum{.id = "s", .form = FigureForm::spectrum, .y_scale = Scale::log, .names = {"singular_values"}};
  figures.push_back(build_figure(spectrum, spectra.trace, over(40)));
  FigureOptions alone = over(40);
  alone.hidden = {"Muon"};
  figures.push_back(build_figure(spectrum, spectra.trace, alone));
  spectrum.form = FigureForm::spectrum_over_time;
  figures.push_back(build_figure(spectrum, spectra.trace, over(60)));
  Recorder plane;
  std::vector<FieldCell> land, path;
  for (std::uint32_t i = 0; i < 12; ++i)
    for (std::uint32_t j = 0; j < 12; ++j) {
      const double x = -2 + j / 3.0, y = -2 + i / 3.0;
      land.push_back({0, i, j, x, y, x * x + 5 * y * y});
    }
  for (std::uint64_t t = 0; t < 30; ++t) {
    const double x = 1.5 * std::pow(-0.9, static_cast<double>(t));
    path.push_back({t, 0, 0, x, 1 / (1.0 + static_cast<double>(t)), x * x});
  }
  plane.field("GD", "landscape", land);
  plane.field("GD", "path", path);
  plane.field("GD", "optimum", {{0, 0, 0, 0, 0, 0}});
  figures.push_back(build_figure({.id = "plane", .form = FigureForm::plane}, plane.trace, {}));
  land[5].value = nan;
  Recorder heat;
  heat.field("grid", "phase", land);
  heat.theory("grid", "phase", "edge", TheoryKind::guide, {-1, 1}, {-1, 1});
  Recorder places;
  std::vector<FieldCell> named;
  std::vector<std::string> words;
  for (std::uint32_t i = 0; i < 24; ++i) {
    words.push_back("the place of number " + std::to_string(i));
    for (std::uint32_t j = 0; j < 24; ++j) named.push_back({0, i, j, double(j), double(i), double(i * j)});
  }
  places.field("grid", "defects", named);
  places.vertical("grid", "defects", "half of them", TheoryKind::guide, 11.5);
  FigureSpec with_names{.id = "defects", .form = FigureForm::heat, .names = {"defects"}};
  with_names.x_names = with_names.y_names = words;
  figures.push_back(build_figure(with_names, places.trace, {}));
  figures.push_back(build_figure({.id = "phase", .form = FigureForm::heat, .names = {"phase"}}, heat.trace, {}));
  return figures;
}

}  // namespace kappa::test
