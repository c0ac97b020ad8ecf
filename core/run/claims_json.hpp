/// Verdicts as the contract's JSON list, and the gallery picture of a finished trace.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/figure/build.hpp"
#include "core/run/runner.hpp"

namespace kappa {

using NamedClaims = std::vector<std::pair<std::string, std::vector<ClaimResult>>>;  ///< by experiment

std::string claims_json(const NamedClaims& experiments);

/// The picture of the document's `view.thumbnail` figure, or of its most telling one; the document is inside.
std::string thumbnail_svg(const Document& document, const Trace& trace);

/// Figures that a document declares: its study's, or those of a descent's probes.
std::vector<FigureSpec> figures_of(const Document& document);

/// Where runs were edited and where forks begin, as marks on their curves.
std::vector<RunMark> marks_of(const Document& document);

/// How a figure of this document is drawn: its horizon and its marks.
FigureOptions figure_options(const Document& document);

/// Which repeats have come to their own end; a study's row speaks for all runs of its repeat.
EndedRepeats ended_repeats(const Document& document, const std::vector<RunStatus>& runs);

}  // namespace kappa
