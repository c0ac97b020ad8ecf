/// Every study stops soon after it is asked, steps what it says it uses, and gives the same bytes on any number of
/// threads.
#include <gtest/gtest.h>

#include <ctime>
#include <set>
#include <thread>

#include "core/run/planner.hpp"
#include "tests/laws/configurations.hpp"
#include "tests/laws/trial.hpp"
#include "tests/support/documents.hpp"
#include "tests/support/scratch.hpp"

namespace kappa {
namespace {

using namespace laws;

/// The study with its longest loops cut short: fewer steps and repetitions, the first entries of its lists.
Node short_study(const std::string& id) {
  Node node = complete_node({Kind::study, id, {}});
  const Entry& entry = *Catalog::get().find(Kind::study, id);
  for (const Field& field : entry.fields) {
    if (const auto* count = std::get_if<Count>(&field.domain);
        count != nullptr && std::holds_alternative<std::int64_t>(field.initial)) {
      const bool loops = field.id.find("steps") != std::string::npos || field.id.find("repeats") != std::string::npos;
      if (loops && field.id != "newton_schulz_steps")
        node.params[field.id] = std::max(count->lo, std::get<std::int64_t>(field.initial) / 20);
    }
    const auto* many = std::get_if<Many>(&field.domain);
    const auto* list = std::get_if<std::vector<double>>(&field.initial);
    if (many == nullptr || list == nullptr) continue;
    const std::size_t kept = std::min(list->size(), std::max<std::size_t>(many->least, 2));
    node.params[field.id] = std::vector<double>(list->begin(), list->begin() + static_cast<std::ptrdiff_t>(kept));
  }
  if (!validate_node(node, "").empty()) return complete_node({Kind::study, id, {}});
  return node;
}

void collect_optimizers(const Node& node, std::set<std::string>& ids) {
  if (node.kind == Kind::optimizer) ids.insert(node.id);
  for (const auto& [key, value] : node.params)
    if (const auto* inner = std::get_if<NodePtr>(&value); inner != nullptr && *inner) collect_optimizers(**inner, ids);
}

/// Runs a study on this thread, keeps nothing but which optimizers it stepped, and whether it emitted anything.
class Watcher final : public StudyContext {
 public:
  std::uint64_t seed() const override { return 1; }
  std::uint64_t repeat() const override { return 0; }
  void series(std::string_view, std::string_view, std::uint64_t, double) override { ++emitted; }
  void spectrum(std::string_view, std::string_view, std::uint64_t, const arma::vec&) override { ++emitted; }
  void curve(std::string_view, std::string_view, double, double) override { ++emitted; }
  void field(std::string_view, std::string_view, const std::vector<FieldCell>&) override { ++emitted; }
  void theory(TheoryKind, std::string_view, std::string_view, std::string_view, const std::vector<double>& x,
              const std::vector<double>& y) override {
    EXPECT_EQ(x.size(), y.size());
  }
  std::shared_ptr<const ProblemModel> problem(const Node& node) override {
    expect_valid(node);
    return problems_.get(complete_node(node), seed());
  }
  DescentResult descent(std::string_view label, const DescentSpec& spec) override {
    EXPECT_FALSE(label.empty());
    return go(spec);
  }
  DescentResult quietly(const DescentSpec& spec) override { return go(spec); }
  void parallel_for(std::size_t n, const std::function<void(std::size_t, StudyContext&)>& f) override {
    for (std::size_t i = 0; i < n; ++i) f(i, *this);
  }
  bool stopping() const override { return false; }
  void progress(double fraction) override {
    EXPECT_GE(fraction, 0);
    EXPECT_LE(fraction, 1 + 1e-9);
  }

  std::size_t emitted = 0;
  std::set<std::string> stepped;

 private:
  /// A misspelt setting would be ignored, and a method run that nobody meant.
  static void expect_valid(const Node& node) {
    for (const Issue& issue : validate_node(node, "/" + node.id)) ADD_FAILURE() << to_string(issue);
  }
  DescentResult go(const DescentSpec& spec) {
    expect_valid(spec.optimizer);
    for (const Node& probe : spec.probes) expect_valid(probe);
    collect_optimizers(complete_node(spec.optimizer), stepped);
    Run run(plan_descent("watched", spec, seed(), 0));
    Recording seen;
    const auto outcome = run.advance(spec.steps + 1, seen);
    DescentResult result{*outcome, run.judged(), {}, run.counts()};
    for (const auto& point : seen.points["loss"]) result.loss.push_back(point.value);
    emitted += result.loss.size();
    return result;
  }
  ProblemCache problems_;
};

class StudyLaws : public ::testing::TestWithParam<std::string> {
 protected:
  Document document(const Node& settings) const {
    Document out;
    out.study = GetParam();
    out.title = GetParam();
    out.settings = settings;
    return complete(out);
  }
};

TEST_P(StudyLaws, StepsEveryMethodItLists) {
  Watcher watcher;
  make_study(short_study(GetParam()))->run(watcher);
  EXPECT_GT(watcher.emitted, 0u);
  for (const std::string& used : Catalog::get().find(Kind::study, GetParam())->card.uses)
    EXPECT_EQ(watcher.stepped.count(used), 1u) << used << " is listed and was not stepped";
}

TEST_P(StudyLaws, DeclaresFiguresBeforeItRuns) {
  const auto figures = make_study(complete_node({Kind::study, GetParam(), {}}))->figures();
  ASSERT_FALSE(figures.empty());
  std::set<std::string> ids;
  for (const FigureSpec& figure : figures) {
    EXPECT_TRUE(ids.insert(figure.id).second) << figure.id;
    EXPECT_FALSE(figure.title.empty()) << figure.id;
    EXPECT_FALSE(figure.names.empty()) << figure.id;
  }
}

/// A second of this process's own time, so that a busy machine does not fail anybody.
TEST_P(StudyLaws, StopsWithinASecond) {
  for (const auto wait : {std::chrono::milliseconds(10), std::chrono::milliseconds(300)}) {
    Runner runner(document(complete_node({Kind::study, GetParam(), {}})), {.threads = 1});
    std::this_thread::sleep_for(wait);
    timespec asked{}, ended{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &asked);
    runner.interrupt();
    ASSERT_TRUE(runner.wait(std::chrono::seconds(60)));
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
    EXPECT_LT(
        static_cast<double>(ended.tv_sec - asked.tv_sec) + 1e-9 * static_cast<double>(ended.tv_nsec - asked.tv_nsec),
        1.0);
    for (const RunStatus& run : runner.status().runs) EXPECT_NE(run.ended, Ended::failed) << run.why;
  }
}

TEST_P(StudyLaws, ThreadsDoNotChangeAByte) {
  std::string first;
  for (const unsigned threads : {1u, 3u}) {
    const test::ScratchDirectory folder;
    Document wanted = document(short_study(GetParam()));
    wanted.repeats = 2;
    Runner runner(wanted, {.threads = threads, .directory = folder / "out", .pictures = false});
    ASSERT_TRUE(runner.wait(std::chrono::seconds(280)));
    for (const RunStatus& run : runner.status().runs)
      EXPECT_EQ(run.ended, Ended::finished) << name_of(*run.ended) << " " << run.why;
    const std::string tables = testing::tables_of(folder / "out");
    EXPECT_GT(tables.size(), 300u);
    if (threads == 1) first = tables;
    EXPECT_TRUE(tables == first) << threads << " threads";
  }
}

INSTANTIATE_TEST_SUITE_P(Every, StudyLaws, ::testing::ValuesIn(ids_of(Kind::study)),
                         [](const auto& at) { return at.param; });

}  // namespace
}  // namespace kappa
