/// The document's `view` object: read, written, and kept whole while runs change their names.
#pragma once

#include <QJsonObject>

#include "core/lab.hpp"

namespace kappa::ui {

QJsonObject viewOf(const Document& document);
Document withView(Document document, const QJsonObject& view);

/// Hidden runs and their colours under the run's new label; an empty one: the run is gone.
void renameInView(Document& document, const std::string& from, const std::string& to);

/// "steps", "gradients", "losses", "epochs", "seconds".
QString idOf(CountBy by);
CountBy countByNamed(const QString& id);
inline constexpr CountBy counted_along[] = {CountBy::steps, CountBy::gradients, CountBy::losses, CountBy::epochs,
                                            CountBy::seconds};
QString titleOf(CountBy by);

}  // namespace kappa::ui
