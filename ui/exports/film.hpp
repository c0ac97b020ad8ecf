/// A film of charts over recorded steps, made on a thread of its own.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <memory>

#include "ui/charts/export.hpp"

namespace kappa::ui {

/// One chart of the film and how it is drawn.
struct FilmChart {
  FigureSpec spec;
  FigureOptions options;
};

struct FilmPlan {
  QString path;  ///< a .gif, or a folder for frames
  bool gif = true;
  std::vector<FilmChart> charts;
  QString title;
  std::vector<std::uint64_t> steps;  ///< one a frame
  double frames_per_second = 20;
  ExportOptions look;  ///< fonts and document included
};

/// `frames` steps from one to the other, evenly spaced and different from each other.
std::vector<std::uint64_t> filmSteps(std::uint64_t from, std::uint64_t to, int frames);

/// The newest step that any series or spectrum has.
std::uint64_t lastRecorded(const Trace& trace);

/// Draws frames by painters alone, which any thread may do.
class FilmPainter {
 public:
  FilmPainter(const FilmPlan& plan, const Trace& trace);
  QImage frame(std::uint64_t step);

 private:
  Figure figure(std::size_t chart, std::uint64_t step) const;

  const FilmPlan& plan_;
  const Trace& trace_;
  std::vector<Figure> whole_;
};

/// Makes a film while the window goes on; destroyed or cancelled, it ends within a frame and leaves nothing.
class FilmMaker : public QObject {
  Q_OBJECT

 public:
  explicit FilmMaker(QObject* parent = nullptr);
  ~FilmMaker() override;

  void start(FilmPlan plan, std::shared_ptr<const Trace> trace);
  void cancel();
  bool busy() const { return busy_; }

 signals:
  void progressed(int frames, int of);
  void ended(const QString& trouble, bool cancelled);  ///< no trouble and not cancelled: the film is there

 private:
  QThreadPool pool_;
  std::shared_ptr<std::atomic<bool>> stop_;
  bool busy_ = false;
};

}  // namespace kappa::ui
