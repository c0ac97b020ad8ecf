/// Documents made at random from whatever the catalogue holds, each of them valid.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <string>

#include "core/catalog/catalog.hpp"
#include "core/spec/document.hpp"

namespace kappa::test {

Node some_node(Kind kind, int depth = 0);

/// A number of the domain, of few digits or of many.
inline double some_real(const Range& range) {
  const double lo = std::max(range.slider_lo, range.lo), hi = std::min(range.slider_hi, range.hi);
  const double share = *rc::gen::element(0.25, 0.5, 1.0 / 3.0, 0.1234567890123456, 0.75);
  return lo + share * (hi - lo);
}

struct SomeValue {
  const Field& field;
  int depth;

  Value operator()(const Flag&) const { return *rc::gen::arbitrary<bool>(); }
  Value operator()(const Range& range) const {
    if (range.automatic && *rc::gen::inRange(0, 3) == 0) return std::string("auto");
    if (!field.schedulable || *rc::gen::inRange(0, 4) != 0) return some_real(range);
    Node schedule = some_node(Kind::schedule, depth + 1);
    schedule.params.erase("peak");
    if (*rc::gen::arbitrary<bool>()) schedule.params["peak"] = some_real(range);
    return std::make_shared<const Node>(schedule);
  }
  Value operator()(const Count& count) const {
    return *rc::gen::inRange(count.lo, std::min(count.hi, count.lo + 12) + 1);
  }
  Value operator()(const Choices& choices) const { return *rc::gen::elementOf(choices.names); }
  Value operator()(const Text& text) const {
    if (text.refuse != nullptr) return field.initial;
    return *rc::gen::element<std::string>("", "plain", "Größe \"κ\" \\ /\n\t", "a,b;c");
  }
  Value operator()(const FilePath&) const {
    return *rc::gen::element<std::string>("", "/data/mine", "/with blank/ä.csv");
  }
  Value operator()(const Many& many) const {
    std::vector<double> list(*rc::gen::inRange(many.least, std::min(many.most, many.least + 3) + 1));
    for (double& number : list) number = some_real(many.of);
    return list;
  }
  Value operator()(const Names& names) const {
    return std::vector<std::string>(*rc::gen::inRange(names.least, std::min(names.most, names.least + 3) + 1), "A");
  }
  Value operator()(const Slot& slot) const {
    return std::make_shared<const Node>(depth > 1 ? *std::get<NodePtr>(field.initial)
                                                  : some_node(slot.kind, depth + 1));
  }
  Value operator()(const DataSource&) const {
    return std::make_shared<const Node>(
        Node{Kind::problem, "", {{"path", std::string("/data/mine.csv")}, {"target", std::string("y")}}});
  }
};

/// Some of the method's fields given, the others left to their defaults.
inline Node some_node_of(const Entry& entry, int depth = 0) {
  Node node{entry.kind, entry.id, {}};
  for (const Field& field : entry.fields) {
    const bool run_name = entry.kind == Kind::claim && field.id.starts_with("run");
    if (!run_name && *rc::gen::arbitrary<bool>())
      node.params[field.id] = std::visit(SomeValue{field, depth}, field.domain);
  }
  return node;
}

inline Node some_node(Kind kind, int depth) {
  const auto all = Catalog::get().all(kind);
  return some_node_of(all[*rc::gen::inRange<std::size_t>(0, all.size())], depth);
}

inline RunSpec some_run(const Document& document, std::size_t i) {
  RunSpec run;
  run.label = "run " + std::to_string(i) + *rc::gen::element<std::string>("", ", κ", " \"x\"");
  run.optimizer = some_node(Kind::optimizer);
  if (i > 0 && *rc::gen::arbitrary<bool>()) {
    const Node whole = effective_optimizer(document, i - 1);
    run.fork = ForkSpec{document.runs[i - 1].label, document.runs[i - 1].fork ? document.runs[i - 1].fork->step : 0};
    if (*rc::gen::arbitrary<bool>())
      run.optimizer = {Kind::optimizer, "", some_node_of(*Catalog::get().find(Kind::optimizer, whole.id)).params};
    return run;
  }
  if (*rc::gen::arbitrary<bool>()) {
    run.problem = *rc::gen::arbitrary<bool>() ? some_node(Kind::problem) : document.problem;
    if (run.problem->id == document.problem.id)
      run.problem->params.insert(document.problem.params.begin(), document.problem.params.end());
  }
  if (*rc::gen::arbitrary<bool>()) run.init = some_node(Kind::init);
  if (*rc::gen::arbitrary<bool>()) run.steps = *rc::gen::inRange<std::uint64_t>(1, 2000);
  if (*rc::gen::arbitrary<bool>())
    run.batch = BatchSpec{1, *rc::gen::element<std::string>("incremental", "shuffle_once")};
  return run;
}

inline Document some_document() {
  Document document;
  document.title = *rc::gen::element<std::string>("", "Title", "Über κ");
  document.note = *rc::gen::element<std::string>("", "two\nlines");
  document.seed = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 53);
  document.steps = *rc::gen::inRange<std::uint64_t>(0, 5000);
  document.about.group = *rc::gen::element<std::string>("", "Regression", "Low rank");
  if (*rc::gen::arbitrary<bool>()) document.about.papers = {"arXiv:1412.6980", "a \"book\""};
  if (*rc::gen::arbitrary<bool>()) document.view = R"({"layout": [1, 2.5], "hidden": {}})";
  const auto theories = Catalog::get().all(Kind::theory);
  document.theories.mode = *rc::gen::element(Theories::Mode::automatic, Theories::Mode::none);
  if (!theories.empty() && *rc::gen::arbitrary<bool>())
    document.theories = {Theories::Mode::listed, {theories.front().id}};
  document.problem = some_node(Kind::problem);
  document.init = some_node(Kind::init);
  const auto runs = *rc::gen::inRange<std::size_t>(1, 5);
  for (std::size_t i = 0; i < runs; ++i) document.runs.push_back(some_run(document, i));
  if (*rc::gen::arbitrary<bool>()) document.probes.push_back(some_node(Kind::probe));
  if (*rc::gen::arbitrary<bool>()) document.events.push_back({document.steps, true, "/runs/0", {}});
  if (*rc::gen::arbitrary<bool>())
    document.sweep.push_back({"/seed", {Value(std::int64_t{1}), Value(std::int64_t{20})}});
  document.stop.loss_below = *rc::gen::element(0.0, 1e-12, 0.1);
  return document;
}

}  // namespace kappa::test
