/// Waits by the event loop: for the runs to be built, for their steps, and for the session to come to rest.
#include "ui/window/screenshot.hpp"

#include <QApplication>
#include <QWidget>
#include <cstdio>

#include "ui/session.hpp"

namespace kappa::ui {

Screenshot::Screenshot(Session& session, QWidget& window, const QString& path, std::optional<std::uint64_t> steps)
    : session_(session), window_(window), path_(path), steps_(steps) {
  connect(&session, &Session::refreshed, this, &Screenshot::look, Qt::QueuedConnection);
}

void Screenshot::look() {
  if (!begun_) {
    begun_ = true;
    if (!steps_) return session_.run();
    if (*steps_ > 0) return session_.step(*steps_);
  }
  if (!session_.idle() || (!steps_ && session_.state() != RunState::finished)) return;
  disconnect(&session_, nullptr, this, nullptr);
  const bool saved = window_.grab().save(path_, "PNG");
  if (!saved) std::fprintf(stderr, "%s: cannot be written\n", qPrintable(path_));
  QApplication::exit(saved ? 0 : 3);
}

}  // namespace kappa::ui
