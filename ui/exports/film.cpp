/// Looks at every step in turn; the frame of a picture stays the same from the first step to the last.
#include "ui/exports/film.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <cmath>
#include <filesystem>
#include <functional>

#include "ui/exports/gif_file.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

/// A curve up to where the film has come, with its last piece cut.
void cutCurve(Curve& curve, double x) {
  auto after = std::find_if(curve.vertices.begin(), curve.vertices.end(), [&](const Vertex& v) { return v.x > x; });
  if (after == curve.vertices.end()) return;
  if (after != curve.vertices.begin() && std::isfinite(after->y) && std::isfinite((after - 1)->y)) {
    const Vertex a = *(after - 1), b = *after;
    *after = {x, a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y)};
    ++after;
  }
  curve.vertices.erase(after, curve.vertices.end());
}

void growTo(Figure& figure, double x) {
  for (Curve& curve : figure.curves)
    if (!curve.theory) cutCurve(curve, x);
  for (Band& band : figure.bands) {
    const auto n = std::upper_bound(band.x.begin(), band.x.end(), x) - band.x.begin();
    for (std::vector<double>* side : {&band.x, &band.lower, &band.upper}) side->resize(static_cast<std::size_t>(n));
  }
  std::erase_if(figure.marks, [&](const Mark& mark) { return mark.x > x; });
}

bool growsBySteps(const PlannedChart& chart) {
  return chart.spec.form == FigureForm::series && chart.options.count_by == CountBy::steps;
}

using FrameDone = std::function<bool(int)>;  // false: no more is wanted

WorkEnd filmTrouble(const QString& sentence) { return {WorkEnd::How::failed, sentence}; }

std::vector<QRgb> themeColours(const Theme& theme) {
  std::vector<QRgb> colours;
  for (const Rgb c : {theme.panel, theme.text, theme.muted, theme.line, theme.grid, theme.accent})
    colours.push_back(qRgb(c.r, c.g, c.b));
  for (const Rgb c : theme.runs) colours.push_back(qRgb(c.r, c.g, c.b));
  return colours;
}

WorkEnd makeGif(const FilmPlan& plan, FilmPainter& painter, const FrameDone& done) {
  constexpr std::size_t most_samples = 6;
  const std::size_t samples = std::min(plan.steps.size(), most_samples);
  std::vector<QImage> seen;
  for (std::size_t i = 0; i < samples; ++i) {
    seen.push_back(painter.frame(plan.steps[samples < 2 ? 0 : i * (plan.steps.size() - 1) / (samples - 1)]));
    if (seen.back().isNull() || !done(0)) return cancelled();
  }
  GifFile gif(plan.path.toStdString(), seen.front().size(), Quantiser(seen, themeColours(theme(plan.look.theme))),
              plan.look.document.toStdString());
  seen.clear();
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    // Hundredths of a second are coarse: each frame ends where it should, so that errors do not add up.
    const auto until = [&](std::size_t n) {
      return std::lround(100 * static_cast<double>(n) / plan.frames_per_second);
    };
    const bool last = i + 1 == plan.steps.size();
    const int stays = static_cast<int>(until(i + 1) - until(i)) + (last ? 100 : 0);  // the end stays a second longer
    const QImage frame = painter.frame(plan.steps[i]);
    if (frame.isNull()) return cancelled();
    if (const auto issue = gif.add(frame, stays)) return filmTrouble(notWritten(plan.path, *issue));
    if (!done(static_cast<int>(i) + 1)) return cancelled();
  }
  const auto issue = gif.finish();
  return issue ? filmTrouble(notWritten(plan.path, *issue)) : written(plan.path);
}

WorkEnd makeFrames(const FilmPlan& plan, FilmPainter& painter, const FrameDone& done) {
  if (QFileInfo::exists(plan.path) && !QDir(plan.path).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden))
    return filmTrouble(QCoreApplication::translate("film", "%1 is not an empty folder: choose a new one.")
                           .arg(QDir::toNativeSeparators(plan.path)));
  // Frames gather in a folder beside it, gone upon leaving here, out of which they come when they are complete.
  const QTemporaryDir beside(plan.path + QStringLiteral(".XXXXXX"));
  const QString frames = beside.filePath(QStringLiteral("frames"));
  if (!beside.isValid())
    return filmTrouble(notWritten(plan.path, {{}, beside.errorString().toStdString(), {}, Trouble::file}));
  if (const auto issue = make_directory(frames.toStdString())) return filmTrouble(notWritten(plan.path, *issue));
  int drawn = 0;
  const Wanted wanted = [&] { return done(drawn); };
  for (const std::uint64_t step : plan.steps) {
    QImage frame = painter.frame(step);
    keepDocument(frame, plan.look.document);
    const QByteArray png = frame.isNull() ? QByteArray() : pngOf(frame, wanted);
    if (!done(drawn)) return cancelled();
    const QString name = frames + QStringLiteral("/frame-%1.png").arg(drawn + 1, 4, 10, QChar(u'0'));
    if (const WorkEnd end = writeBytes(name, png, wanted); end.how != WorkEnd::How::written) return end;
    if (!done(++drawn)) return cancelled();
  }
  std::error_code error;
  std::filesystem::rename(frames.toStdString(), plan.path.toStdString(), error);
  if (error) return filmTrouble(notWritten(plan.path, {{}, error.message(), {}, Trouble::file}));
  return written(plan.path);
}

}  // namespace

std::vector<std::uint64_t> filmSteps(std::uint64_t from, std::uint64_t to, int frames) {
  const std::uint64_t lo = std::min(from, to), span = std::max(from, to) - lo;
  const std::uint64_t count = std::min<std::uint64_t>(static_cast<std::uint64_t>(std::max(1, frames)), span + 1);
  std::vector<std::uint64_t> steps;
  for (std::uint64_t i = 0; i < count; ++i)
    steps.push_back(
        count == 1 ? lo + span
                   : lo + static_cast<std::uint64_t>(std::llround(static_cast<double>(span) * static_cast<double>(i) /
                                                                  static_cast<double>(count - 1))));
  return steps;
}

std::uint64_t lastRecorded(const Trace& trace) {
  std::uint64_t last = 0;
  const auto take = [&](const auto* column) {
    const std::uint64_t size = column ? column->size() : 0;
    if (size > 0) last = std::max(last, column->step(size - 1));
  };
  for (const ChannelKey& key : trace.channels()) {
    if (key.kind == ChannelKind::series) take(trace.series(key.run, key.repeat, key.name));
    if (key.kind == ChannelKind::spectrum) take(trace.spectrum(key.run, key.repeat, key.name));
  }
  return last;
}

FilmPainter::FilmPainter(const FilmPlan& plan, const Trace& trace, Wanted wanted)
    : plan_(plan), trace_(trace), wanted_(std::move(wanted)) {
  for (const PlannedChart& chart : plan.charts) whole_.push_back(chart.figure(trace));
}

Figure FilmPainter::figure(std::size_t chart, std::uint64_t step) const {
  const PlannedChart& c = plan_.charts[chart];
  if (growsBySteps(c)) {
    Figure grown = whole_[chart];
    growTo(grown, static_cast<double>(step));
    grown.state =
        QCoreApplication::translate("film", "step %1").arg(QString::fromStdString(format_count(step))).toStdString();
    return grown;
  }
  FigureOptions options = c.options;
  options.at_step = step;
  options.cursor = c.spec.form == FigureForm::series || c.spec.form == FigureForm::spectrum_over_time;
  const auto spans = [](const Axis& axis) {
    return axis.hi > axis.lo ? std::optional(Interval{axis.lo, axis.hi}) : std::nullopt;
  };
  const Figure& last = whole_[chart];
  if (c.spec.form == FigureForm::spectrum && !last.bars.empty()) options.y_range = spans(last.y);
  if (c.spec.form == FigureForm::plane && !last.paths.empty()) {
    options.x_range = spans(last.x);
    options.y_range = spans(last.y);
  }
  return build_figure(c.spec, trace_, options);
}

QImage FilmPainter::frame(std::uint64_t step) {
  Sheet sheet{plan_.title, {}};
  for (std::size_t i = 0; i < plan_.charts.size(); ++i) {
    if (wanted_ && !wanted_()) return {};
    sheet.figures.push_back(figure(i, step));
  }
  ExportOptions look = plan_.look;
  look.document.clear();
  return renderSheet(sheet, look);
}

WorkEnd makeFilm(const FilmPlan& plan, const Trace& trace, const Progress& progress) {
  const int of = static_cast<int>(plan.steps.size());
  int complete = 0;
  const FrameDone done = [&](int frames) { return progress(complete = frames, of); };
  FilmPainter painter(plan, trace, [&] { return progress(complete, of); });
  return plan.gif ? makeGif(plan, painter, done) : makeFrames(plan, painter, done);
}

}  // namespace kappa::ui
