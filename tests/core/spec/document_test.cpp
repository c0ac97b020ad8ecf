/// The experiment document: the contract's example, overrides, forks, events, defaults and paths of data.
#include "core/spec/document.hpp"

#include <gmock/gmock.h>

#include "core/catalog/catalog.hpp"
#include "core/spec/migrate.hpp"
#include "tests/support/scratch.hpp"

namespace kappa {
namespace {

using testing::HasSubstr;

Document parsed(const std::string& text, const std::string& directory = ".") {
  auto read = parse_document(text, directory);
  if (const Issues* issues = issues_of(read))
    for (const Issue& issue : *issues) ADD_FAILURE() << to_string(issue);
  return issues_of(read) != nullptr ? Document{} : std::get<Document>(read);
}

std::string first_issue(const std::string& text) {
  const auto read = parse_document(text);
  return issues_of(read) != nullptr ? to_string(issues_of(read)->front()) : "accepted";
}

const std::string example = R"({
  "kappascope": 1,
  "study": "descent",
  "title": "GD, heavy ball and Adam on an ill-conditioned regression",
  "note": "free text",
  "seed": 1,
  "repeats": 1,
  "steps": 1000,
  "problem": {"type": "linear_regression", "samples": 200, "features": 50, "condition_number": 100, "spectrum": "geometric", "noise": 0.0},
  "batch": {"size": 0, "order": "random_reshuffling"},
  "init": {"type": "default"},
  "runs": [
    {"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 0.1}},
    {"label": "Adam", "optimizer": {"type": "adam", "learning_rate": {"type": "cosine", "peak": 0.01, "warmup_steps": 50}}}
  ],
  "probes": [{"type": "loss"}, {"type": "singular_values", "of": "parameters", "every": 10}],
  "stop": {"loss_below": 1e-12, "diverged_above": 1e12}
})";

/// A small document with these runs and whatever else.
std::string with_runs(const std::string& runs, const std::string& more = "") {
  return R"({"kappascope": 1, "steps": 100, "problem": {"type": "quadratic", "dimension": 10, "condition_number": 100}, )" +
         more + R"("runs": [)" + runs + "]}";
}

const std::string gd = R"({"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 0.1}})";

TEST(Document, TheExampleIsRead) {
  const Document d = parsed(example);
  EXPECT_EQ(d.title, "GD, heavy ball and Adam on an ill-conditioned regression");
  EXPECT_EQ(d.problem.id, "linear_regression");
  EXPECT_EQ(std::get<std::int64_t>(d.problem.params.at("samples")), 200);
  EXPECT_EQ(std::get<double>(d.problem.params.at("condition_number")), 100.0);
  ASSERT_EQ(d.runs.size(), 2u);
  EXPECT_EQ(std::get<double>(d.runs[0].optimizer.params.at("learning_rate")), 0.1);
  const auto schedule = std::get<NodePtr>(d.runs[1].optimizer.params.at("learning_rate"));
  EXPECT_EQ(schedule->kind, Kind::schedule);
  EXPECT_EQ(std::get<std::int64_t>(schedule->params.at("warmup_steps")), 50);
  EXPECT_EQ(d.probes.at(1).id, "singular_values");
  EXPECT_EQ(d.stop, (StopSpec{1e-12, 1e12}));
}

TEST(Document, TheExampleIsWrittenAsItStands) {
  const std::string text = write_document(parsed(example));
  std::string expected = example + "\n";
  expected.replace(expected.find("\n  \"problem\""), expected.find("\n  \"batch\"") - expected.find("\n  \"problem\""),
                   "\n  PROBLEM");
  std::string written = text;
  written.replace(written.find("\n  \"problem\""), written.find("\n  \"batch\"") - written.find("\n  \"problem\""),
                  "\n  PROBLEM");
  expected.replace(expected.find("1e12}"), 5, "1e+12},\n  \"theories\": \"auto\"");
  EXPECT_EQ(written.substr(0, written.find("\"runs\"")), expected.substr(0, expected.find("\"runs\"")));
  EXPECT_EQ(written.substr(written.find("\"probes\"")), expected.substr(expected.find("\"probes\"")));
  EXPECT_THAT(
      text,
      HasSubstr("    {\"label\": \"GD\", \"optimizer\": {\"type\": \"gradient_descent\", \"learning_rate\": 0.1}},\n"));
}

TEST(Document, DefaultsComeFromTheCatalogue) {
  const Document d =
      complete(parsed(with_runs(R"({"label": "a", "optimizer": {"type": "adam", "beta1": {"type": "constant"}}})")));
  const Node& adam = d.runs[0].optimizer;
  EXPECT_EQ(std::get<double>(adam.params.at("beta2")), 0.999);
  EXPECT_EQ(std::get<double>(std::get<NodePtr>(adam.params.at("beta1"))->params.at("peak")), 0.9)
      << "a missing peak is the field's default";
  EXPECT_EQ(d.probes.front().id, "loss");
  EXPECT_THAT(write_document(d, true), HasSubstr("\"kappascope_version\": \""));
  EXPECT_TRUE(validate(d).empty());
}

TEST(Document, TheLossIsRecordedFirst) {
  const Document d =
      complete(parsed(with_runs(gd, R"("probes": [{"type": "gradient_norm"}, {"type": "loss", "every": 5}], )")));
  ASSERT_EQ(d.probes.size(), 2u);
  EXPECT_EQ(d.probes[0].id, "loss");
  EXPECT_EQ(std::get<std::int64_t>(d.probes[0].params.at("every")), 5);
}

TEST(Document, FieldsThatAreNotReadGetNoDefault) {
  const Node full = complete_node({Kind::problem, "matrix_sensing", {{"observation", std::string("full")}}});
  const Node sampled = complete_node({Kind::problem, "matrix_sensing", {{"observation", std::string("sampled")}}});
  EXPECT_FALSE(full.params.contains("measurements"));
  EXPECT_TRUE(sampled.params.contains("measurements"));
  const Node given = complete_node(
      {Kind::problem, "matrix_sensing", {{"observation", std::string("full")}, {"measurements", std::int64_t{7}}}});
  EXPECT_TRUE(given.params.contains("measurements")) << "what was given stays";
}

TEST(Document, WholeNumbersMayBeWrittenAsReals) {
  const Document d = parsed(with_runs(gd, R"("seed": 7.0, "stop": {"loss_below": 1}, )"));
  EXPECT_EQ(d.seed, 7u);
  EXPECT_EQ(d.stop.loss_below, 1.0);
}

TEST(Document, ARunMayOverrideTheProblem) {
  const Document d = parsed(with_runs(
      gd + R"(, {"label": "b", "problem": {"condition_number": 1000}, "steps": 7, "optimizer": {"type": "adam"}},
    {"label": "c", "problem": {"type": "linear_regression", "samples": 30}, "batch": {"size": 3}, "optimizer": {"type": "adam"}})"));
  EXPECT_EQ(std::get<double>(effective_problem(d, 1).params.at("condition_number")), 1000.0);
  EXPECT_EQ(std::get<std::int64_t>(effective_problem(d, 1).params.at("dimension")), 10);
  EXPECT_EQ(effective_problem(d, 0), d.problem);
  EXPECT_EQ(effective_problem(d, 2).id, "linear_regression");
  EXPECT_FALSE(effective_problem(d, 2).params.contains("dimension"));
  EXPECT_EQ(effective_steps(d, 0), 100u);
  EXPECT_EQ(effective_steps(d, 1), 7u);
  EXPECT_EQ(effective_batch(d, 2).size, 3u);
  EXPECT_EQ(effective_batch(d, 2).order, "random_reshuffling");
  EXPECT_THAT(write_document(complete(d)), HasSubstr("\"problem\": {\"condition_number\": 1000}"))
      << "only what differs is written";
}

TEST(Document, AForkChangesWhatItNames) {
  const Document d = parsed(
      with_runs(R"({"label": "late", "fork": {"run": "small", "step": 60}, "optimizer": {"type": "adam"}}, )" + gd +
                R"(, {"label": "small", "fork": {"run": "GD", "step": 40}, "optimizer": {"learning_rate": 0.01}},
                                         {"label": "same", "fork": {"run": "GD", "step": 0}})"));
  EXPECT_EQ(effective_optimizer(d, 2).id, "gradient_descent");
  EXPECT_EQ(std::get<double>(effective_optimizer(d, 2).params.at("learning_rate")), 0.01);
  EXPECT_EQ(effective_optimizer(d, 3), d.runs[1].optimizer);
  EXPECT_EQ(effective_optimizer(d, 0).id, "adam");
  const Document whole = complete(d);
  EXPECT_EQ(whole.runs[2].optimizer.params.size(), 1u) << "forks keep only what they change";
  EXPECT_TRUE(whole.runs[3].optimizer.params.empty());
  EXPECT_TRUE(whole.runs[0].optimizer.params.contains("beta1"));
}

TEST(Document, AForkMayChangeASlotOrASchedule) {
  const Document d = parsed(with_runs(
      R"({"label": "a", "optimizer": {"type": "sam", "base": {"type": "adam", "learning_rate": {"type": "cosine", "peak": 0.1, "warmup_steps": 5}}}},
         {"label": "b", "fork": {"run": "a", "step": 3}, "optimizer": {"base": {"learning_rate": {"peak": 0.2}}}})"));
  const auto base = std::get<NodePtr>(effective_optimizer(d, 1).params.at("base"));
  EXPECT_EQ(base->id, "adam");
  const auto schedule = std::get<NodePtr>(base->params.at("learning_rate"));
  EXPECT_EQ(std::get<double>(schedule->params.at("peak")), 0.2);
  EXPECT_EQ(std::get<std::int64_t>(schedule->params.at("warmup_steps")), 5);
}

TEST(Document, EventsPointAtLiveFields) {
  const Document d = parsed(with_runs(
      gd +
          R"(, {"label": "s", "optimizer": {"type": "sam", "base": {"type": "adam", "learning_rate": {"type": "cosine"}}}})",
      R"("events": [{"step": 12, "set": "/runs/0/optimizer/learning_rate", "value": 1}, {"step": 50, "stop": "/runs/0"},
                    {"step": 20, "set": "/runs/1/optimizer/base/beta1", "value": 0.5},
                    {"step": 30, "set": "/runs/1/optimizer/base/learning_rate/peak", "value": 0.02}], )"));
  ASSERT_EQ(d.events.size(), 4u);
  EXPECT_EQ(std::get<double>(d.events[0].value), 1.0) << "whole numbers become the field's type";
  EXPECT_TRUE(d.events[1].stop);
  EXPECT_EQ(d.events[1].path, "/runs/0");
  const std::string text = write_document(d);
  EXPECT_EQ(write_document(parsed(text)), text);
}

TEST(Document, ValuesAreSetAlongPaths) {
  const Node sam{Kind::optimizer, "sam", {{"base", std::make_shared<const Node>(Node{Kind::optimizer, "adam", {}})}}};
  const auto set = with_value(sam, "base/learning_rate", 0.25);
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(std::get<double>(std::get<NodePtr>(set->params.at("base"))->params.at("learning_rate")), 0.25);
  EXPECT_EQ(std::get<double>(with_value(sam, "rho", std::int64_t{1})->params.at("rho")), 1.0);
  EXPECT_FALSE(with_value(sam, "base/learning_rat", 0.25).has_value());
  EXPECT_FALSE(with_value(sam, "rho/x", 0.25).has_value());
  EXPECT_FALSE(with_value(sam, "rho", -1.0).has_value());
}

TEST(Document, DataIsFoundBesideTheDocument) {
  const test::ScratchDirectory folder;
  const std::string text =
      R"({"kappascope": 1, "problem": {"type": "linear_regression", "data": {"path": "sub/../mine.csv", "target": "y"}},
    "init": {"type": "file", "path": "start"}, "runs": [)" +
      gd + "]}";
  std::ofstream(folder / "a.kappa.json") << text;
  const auto read = read_document(folder / "a.kappa.json");
  ASSERT_EQ(issues_of(read), nullptr) << to_string(issues_of(read)->front());
  const Document& d = std::get<Document>(read);
  EXPECT_EQ(std::get<std::string>(std::get<NodePtr>(d.problem.params.at("data"))->params.at("path")),
            folder / "mine.csv");
  EXPECT_EQ(std::get<std::string>(d.init.params.at("path")), folder / "start");
  EXPECT_EQ(std::get<Document>(parse_document(write_document(d), "/elsewhere")).problem, d.problem);
}

TEST(Document, SweepsAreReadAndTriedOut) {
  const Document d = parsed(with_runs(
      gd,
      R"("sweep": {"/problem/condition_number": [10, 100.5], "/runs/0/optimizer/learning_rate": [0.1], "/stop/loss_below": [1e-3]}, )"));
  ASSERT_EQ(d.sweep.size(), 3u);
  EXPECT_EQ(d.sweep[0].path, "/problem/condition_number");
  EXPECT_EQ(std::get<std::int64_t>(d.sweep[0].values[0]), 10);
  EXPECT_EQ(std::get<double>(d.sweep[0].values[1]), 100.5);
}

TEST(Document, ValidationSeesWhatProgramsMake) {
  Document d;
  EXPECT_THAT(to_string(validate(d).front()), HasSubstr("/runs"));
  d.runs = {RunSpec{.label = "a"}, RunSpec{.label = "a"}};
  d.problem.params["dimension"] = std::int64_t{-1};
  d.repeats = 0;
  d.stop.loss_below = std::nan("");
  std::vector<std::string> paths;
  for (const Issue& issue : validate(d)) paths.push_back(issue.path);
  EXPECT_THAT(paths,
              testing::UnorderedElementsAre("/repeats", "/problem/dimension", "/stop/loss_below", "/runs/1/label"));
}

TEST(Document, RefusalsAreSentences) {
  const Entry& adam = *Catalog::get().find(Kind::optimizer, "adam");
  const Field& rate = adam.fields.front();
  EXPECT_EQ(refusal(rate, -1.0), "-1 is below the minimum 0");
  EXPECT_EQ(refusal(rate, 0.5), std::nullopt);
  EXPECT_EQ(refusal(rate, std::int64_t{1}), std::nullopt);
  EXPECT_THAT(*refusal(rate, std::string("x")), HasSubstr("expected a number from 0 up, or a schedule object"));
}

TEST(Document, OlderVersionsAreBroughtUpOneByOne) {
  const spec::Migration chain[] = {[](spec::Json& d) { d.set("step", 2); },
                                   [](spec::Json& d) { d.set("note", std::to_string(*d.find("step")->number())); }};
  auto old = std::get<spec::Json>(spec::read_json(R"({"kappascope": 1})"));
  EXPECT_TRUE(spec::migrate(old, chain).empty());
  EXPECT_EQ(spec::write_json_line(old), R"({"kappascope": 3, "step": 2, "note": "2.000000"})");
  auto newer = std::get<spec::Json>(spec::read_json(R"({"kappascope": 4})"));
  EXPECT_THAT(to_string(spec::migrate(newer, chain).front()), HasSubstr("/kappascope: found version 4"));
}

TEST(Document, MessagesReadAsPromised) {
  EXPECT_EQ(
      first_issue(with_runs(R"({"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": -1}})")),
      "/runs/0/optimizer/learning_rate: -1 is below the minimum 0");
  EXPECT_EQ(first_issue(with_runs(gd, R"("about": {"grup": "x"}, )")),
            "/about/grup: unknown key; allowed: question, look_for, group, papers (did you mean \"group\"?)");
}

}  // namespace
}  // namespace kappa
