/// A film of charts over recorded steps, made by painters alone, as any thread may do.
#pragma once

#include <QImage>

#include "ui/exports/export_files.hpp"

namespace kappa::ui {

struct FilmPlan {
  QString path;  ///< a .gif, or a folder for frames
  bool gif = true;
  std::vector<PlannedChart> charts;
  QString title;
  std::vector<std::uint64_t> steps;  ///< one a frame
  double frames_per_second = 20;
  ExportOptions look;  ///< fonts and document included
};

/// `frames` steps from one to the other, evenly spaced and different from each other.
std::vector<std::uint64_t> filmSteps(std::uint64_t from, std::uint64_t to, int frames);

/// The newest step that any series or spectrum has.
std::uint64_t lastRecorded(const Trace& trace);

/// Draws frames of a plan and a trace, which must stay where they are.
class FilmPainter {
 public:
  FilmPainter(const FilmPlan& plan, const Trace& trace, Wanted wanted = {});
  QImage frame(std::uint64_t step);  ///< null: it is not wanted any more

 private:
  Figure figure(std::size_t chart, std::uint64_t step) const;

  const FilmPlan& plan_;
  const Trace& trace_;
  Wanted wanted_;
  std::vector<Figure> whole_;
};

/// The whole film as a file, or as a folder of frames. Told to stop, it ends within a frame and leaves nothing.
WorkEnd makeFilm(const FilmPlan& plan, const Trace& trace, const Progress& progress);

}  // namespace kappa::ui
