/// A whole experiment as one word that can be sent in a message: kappascope:v1: and its deflated document in base64url.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

QString shareString(const Document& document);

/// Whether a text means to be one, of whatever version and in whatever state.
bool isShareString(const QString& text);

/// The experiment, or what is wrong with the string. White space inside, as mail programs add, does not matter.
Checked<Document> fromShareString(const QString& text);

}  // namespace kappa::ui
