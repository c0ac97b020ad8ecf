/// Edits of documents as plain functions: runs added, moved and renamed with everything that points at them.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

/// The runs a document starts from when there is nothing: one gradient descent on a quadratic.
Document freshDocument();
/// A study with its default settings.
Document freshStudy(const Entry& study);

/// A label that no other run has: "Adam", then "Adam 2".
std::string freeLabel(const Document& document, const std::string& wanted);

Document withRunAdded(Document document, const std::string& optimizer);
/// A copy beside its original, with that run's own settings.
Document withRunDuplicated(Document document, std::size_t run);
/// A run that goes on from the exact state of `run` at `step`: "Adam from 120", last in the list.
Document withFork(Document document, std::size_t run, std::uint64_t step);
/// Forks of the run go with it; claims about it too.
Document withRunRemoved(Document document, std::size_t run);
/// The new label wherever the old one stood: forks, claims.
Document withRunRenamed(Document document, std::size_t run, const std::string& label);
/// The method and values that a run begins with; a fork's are its parent's as edits had left them, and its own.
Node optimizerAtStart(const Document& document, std::size_t run);
/// Another method or other values for a run; a fork keeps what differs from its parent, and edits recorded for an old
/// method are dropped.
Document withOptimizer(Document document, std::size_t run, const Node& optimizer);
Document withProblem(Document document, const Node& problem);

/// Whether what a run writes may differ between the two: everything but title, note, texts and view.
bool differInResults(const Document& a, const Document& b);

/// "η 1.98  β 0.67": what tells a run from its neighbours.
QString tellingOf(const Node& optimizer);

}  // namespace kappa::ui
