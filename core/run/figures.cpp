/// Which figures a document declares, and its gallery picture.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/catalog/catalog.hpp"
#include "core/figure/build.hpp"
#include "core/figure/svg.hpp"
#include "core/kinds/param.hpp"
#include "core/kinds/study.hpp"
#include "core/run/claims_json.hpp"

namespace kappa {

FigureOptions figure_options(const Document& document) {
  FigureOptions options;
  if (document.study != "descent") return options;
  options.total_steps = document.steps;
  for (std::size_t i = 0; i < document.runs.size(); ++i)
    options.total_steps = std::max(options.total_steps, effective_steps(document, i));
  return options;
}

std::vector<FigureSpec> figures_of(const Document& document) {
  if (document.study != "descent") return make_study(document.settings)->figures();
  std::vector<FigureSpec> figures = {
      {.id = "loss", .title = "Loss", .x_label = "step", .y_label = "", .y_scale = Scale::log, .names = {"loss"}}};
  for (const Node& probe : document.probes) {
    const Entry* entry = Catalog::get().find(Kind::probe, probe.id);
    if (entry == nullptr || probe.id == "loss") continue;
    const std::string of = text(probe, "of", "parameters");
    const bool matrix = probe.params.contains("of") && probe.params.contains("block");
    std::string name = matrix && of != "parameters" ? of + "_" + probe.id : probe.id;
    if (probe.id == "report") name = of;
    std::string title = entry->card.title;
    if (matrix && of != "parameters") title += " of the " + of;
    if (probe.id == "report") title = of;
    if (matrix && !text(probe, "block", "").empty()) name += ":" + text(probe, "block", "");
    std::string id = name;
    std::replace_if(
        id.begin(), id.end(), [](char c) { return c == ':' || c == '/'; }, '_');
    const bool plane = entry->card.form == FigureForm::plane, spectrum = entry->card.form == FigureForm::spectrum;
    figures.push_back({.id = id,
                       .title = title,
                       .x_label = spectrum ? "index"
                                  : plane  ? "x"
                                           : "step",
                       .y_label = plane ? "y" : "",
                       .form = entry->card.form,
                       .y_scale = plane ? Scale::linear : entry->card.scale,
                       .names = {name}});
    if (spectrum && integer(probe, "every", 1) < 1'000'000)
      figures.push_back({.id = id + "_over_time",
                         .title = title + " over time",
                         .x_label = "step",
                         .y_label = "index",
                         .form = FigureForm::spectrum_over_time,
                         .names = {name}});
  }
  return figures;
}

std::string thumbnail_svg(const Document& document, const Trace& trace) {
  const std::vector<FigureSpec> figures = figures_of(document);
  if (figures.empty()) return "";
  const auto view = nlohmann::json::parse(document.view.empty() ? "{}" : document.view, nullptr, false);
  const std::string wanted = view.is_object() && view.contains("thumbnail") && view["thumbnail"].is_string()
                                 ? view["thumbnail"].get<std::string>()
                                 : "";
  auto chosen = std::find_if(figures.begin(), figures.end(), [&](const FigureSpec& f) { return f.id == wanted; });
  if (chosen == figures.end())
    chosen =
        std::find_if(figures.begin(), figures.end(), [](const FigureSpec& f) { return f.form == FigureForm::plane; });
  if (chosen == figures.end()) chosen = figures.begin();
  SvgOptions svg;
  svg.width = 320;
  svg.height = 180;
  svg.thumbnail = true;
  svg.embedded_document = write_document(document);
  FigureOptions options = figure_options(document);
  options.pixel_columns = 160;
  return write_svg(build_figure(*chosen, trace, options), svg);
}

}  // namespace kappa
