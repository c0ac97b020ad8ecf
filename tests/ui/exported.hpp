/// The files of a session's finished run, copied as its dialog copies them.
#pragma once

#include "ui/session.hpp"

namespace kappa::ui::testing {

inline bool exported(const Session& session, const QString& folder) {
  const auto run = session.finishedRun();
  return run && copyRun(run->folder->path(), folder, run->document).how == WorkEnd::How::written;
}

}  // namespace kappa::ui::testing
