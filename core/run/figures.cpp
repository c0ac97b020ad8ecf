/// Which figures a document declares, and its gallery picture.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/catalog/catalog.hpp"
#include "core/figure/build.hpp"
#include "core/figure/parts.hpp"
#include "core/figure/svg.hpp"
#include "core/figure/ticks.hpp"
#include "core/kinds/param.hpp"
#include "core/kinds/study.hpp"
#include "core/run/claims_json.hpp"
#include "core/run/planner.hpp"

namespace kappa {

std::vector<RunMark> marks_of(const Document& document) {
  std::vector<RunMark> marks;
  for (const RunSpec& run : document.runs)
    if (run.fork) marks.push_back({run.label, MarkKind::fork, run.fork->step, "fork"});
  for (const EventSpec& event : document.events)
    for (std::size_t i = 0; i < document.runs.size() && !event.stop; ++i) {
      const std::string head = "/runs/" + std::to_string(i) + "/optimizer/";
      if (!event.path.starts_with(head)) continue;
      const std::string field = event.path.substr(head.size());
      const Entry* entry = Catalog::get().find(Kind::optimizer, effective_optimizer(document, i).id);
      std::string name = field;
      for (std::size_t k = 0; entry != nullptr && k < entry->fields.size(); ++k)
        if (entry->fields[k].id == field && !entry->fields[k].symbol.empty()) name = entry->fields[k].symbol;
      const auto* number = std::get_if<double>(&event.value);
      marks.push_back(
          {document.runs[i].label, MarkKind::edit, event.step, name + (number ? " " + format_value(*number) : "")});
    }
  return marks;
}

FigureOptions figure_options(const Document& document) {
  FigureOptions options;
  if (document.study != "descent") return options;
  options.total_steps = document.steps;
  options.loss_below = document.stop.loss_below;
  for (std::size_t i = 0; i < document.runs.size(); ++i)
    options.total_steps = std::max(options.total_steps, effective_steps(document, i));
  options.marks = marks_of(document);
  return options;
}

EndedRepeats ended_repeats(const Document& document, const std::vector<RunStatus>& runs) {
  EndedRepeats ended;
  for (const RunStatus& run : runs) {
    const bool of_itself = run.ended == Ended::steps || run.ended == Ended::reached || run.ended == Ended::finished ||
                           run.ended == Ended::diverged;
    if (of_itself)
      ended.list.push_back({document.study == "descent" ? run.label : "", static_cast<std::uint32_t>(run.repeat)});
  }
  return ended;
}

namespace {

/// Short, so that the run has room beside it; two of a kind are told apart.
std::string over_time_title(const std::vector<FigureSpec>& figures, const std::string& of, const std::string& title) {
  std::string wanted = "Spectrum over time";
  if (of != "parameters") wanted = of + " σ over time", wanted[0] = static_cast<char>(wanted[0] - 'a' + 'A');
  const bool taken =
      std::any_of(figures.begin(), figures.end(), [&](const FigureSpec& f) { return f.title == wanted; });
  return taken ? title + " over time" : wanted;
}

/// The channels of a probe that are drawn: most have one, of their own name.
std::vector<std::string> channels_of(const std::string& probe, const std::string& name) {
  if (probe != "parameters") return {name};
  std::vector<std::string> coordinates;  // as many as there are of them will be found
  for (int i = 1; i <= 16; ++i) coordinates.push_back("x" + std::to_string(i));
  return coordinates;
}

/// What the history's colours are.
std::string quantity_of(const std::string& probe, const std::string& title) {
  if (probe == "error_spectrum") return "|error|";
  if (probe == "singular_values") return "σ";
  std::string quantity = title;
  if (!quantity.empty() && quantity[0] >= 'A' && quantity[0] <= 'Z')
    quantity[0] = static_cast<char>(quantity[0] - 'A' + 'a');
  return quantity;
}

}  // namespace

std::vector<FigureSpec> figures_of(const Document& document) {
  if (document.study != "descent") return make_study(document.settings)->figures();
  std::vector<FigureSpec> figures = {
      {.id = "loss", .title = "Loss", .x_label = "step", .y_label = "", .y_scale = Scale::log, .names = {"loss"}}};
  for (const Node& probe : document.probes) {
    const Entry* entry = Catalog::get().find(Kind::probe, probe.id);
    if (entry == nullptr || probe.id == "loss") continue;
    const std::string of = text(probe, "of", "parameters");
    const bool matrix = probe.params.contains("of") && probe.params.contains("block");
    const std::string name = channel_name(probe);
    std::string title = entry->card.title;
    if (matrix && of != "parameters") title = (probe.id == "singular_values" ? "Spectrum" : title) + " of the " + of;
    if (probe.id == "report") title = parts::spoken(of);
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
                       .names = channels_of(probe.id, name)});
    if (spectrum && integer(probe, "every", 1) < 1'000'000)
      figures.push_back({.id = id + "_over_time",
                         .title = over_time_title(figures, of, title),
                         .x_label = "step",
                         .y_label = "index",
                         .form = FigureForm::spectrum_over_time,
                         .y_scale = entry->card.scale,
                         .names = {name},
                         .quantity = quantity_of(probe.id, title)});
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
  options.ended.all = true;
  return write_svg(build_figure(*chosen, trace, options), svg);
}

}  // namespace kappa
