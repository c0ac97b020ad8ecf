/// Waits a moment for the next change, then writes what has changed.
#include "ui/documents/autosave.hpp"

#include <QFileInfo>
#include <QTimerEvent>
#include <algorithm>

#include "ui/session.hpp"

namespace kappa::ui {
namespace {

constexpr int rest = 1000;      // milliseconds between two writings
constexpr double long_run = 5;  // seconds; results of what took longer are worth keeping

}  // namespace

Autosave::Autosave(Session& session, const QString& folder, QObject* parent)
    : QObject(parent), session_(session), folder_(folder) {
  for (const auto signal :
       {&Session::documentChanged, &Session::editedChanged, &Session::refreshed, &Session::viewChanged})
    connect(&session, signal, this, &Autosave::later);
}

/// The first change starts the clock, so that a slider that never rests does not put it off.
void Autosave::later() {
  if (!timer_.isActive()) timer_.start(rest, this);
}

void Autosave::timerEvent(QTimerEvent* event) {
  if (event->timerId() != timer_.timerId()) return QObject::timerEvent(event);
  timer_.stop();
  keep();
}

void Autosave::keep() {
  const bool long_one = session_.started() && session_.status().seconds >= long_run;
  const bool lived = session_.recorded().events.size() != session_.document().events.size();
  const auto& results = session_.kept().all();
  const bool keeps = std::any_of(results.begin(), results.end(),
                                 [&](const KeptResults::Kept& one) { return one.place.startsWith(folder_); });
  if (!session_.edited() && !lived && !long_one && !keeps) {
    if (!kept_.empty()) forgetDocument(folder_);
    kept_.clear();
    return;
  }
  const Origin origin{QString::fromStdString(session_.document().title), session_.name(), session_.path(),
                      long_one ? QFileInfo(session_.resultsFolder()).fileName() : QString(), session_.edited()};
  std::string now = write_document(session_.recorded(), true);
  if (now == kept_ && origin == origin_) return;
  if (!keepDocument(folder_, now, origin)) return later();
  kept_ = std::move(now);
  origin_ = origin;
}

}  // namespace kappa::ui
