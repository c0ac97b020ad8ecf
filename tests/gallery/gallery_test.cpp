/// Every built-in experiment reads, comes back as it was, says what it asks, runs, and has its picture.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "core/catalog/gallery.hpp"
#include "core/figure/build.hpp"
#include "core/figure/embed.hpp"
#include "core/run/claims_json.hpp"
#include "core/run/dump.hpp"
#include "tests/gallery/experiments.hpp"

namespace kappa {
namespace {

class Gallery : public ::testing::TestWithParam<std::string> {
 protected:
  Document document() const { return gallery_tests::document(GetParam()); }
};

TEST_P(Gallery, ComesBackAsItWasWritten) {
  const Document read = document(), whole = complete(read);
  for (const Document& one : {read, whole}) {
    const std::string text = write_document(one);
    const auto again = parse_document(text);
    ASSERT_EQ(issues_of(again), nullptr) << to_string(issues_of(again)->front());
    EXPECT_EQ(write_document(std::get<Document>(again)), text);
  }
  EXPECT_EQ(write_document(complete(whole)), write_document(whole));
}

TEST_P(Gallery, SaysWhatItAsksAndWhatToLookFor) {
  const Document read = document();
  static const std::set<std::string> groups = {"Regression", "Sensing",     "Optimizers", "Schedules", "Low rank",
                                               "Dynamics",   "First order", "Landscapes", "More"};
  EXPECT_FALSE(read.title.empty());
  EXPECT_TRUE(read.about.question.ends_with('?')) << read.about.question;
  EXPECT_FALSE(read.about.look_for.empty());
  EXPECT_EQ(groups.count(read.about.group), 1u) << read.about.group;
  EXPECT_EQ(read.seed, 101u);
}

/// Entries that no one can tell from each other.
std::string repeated_entry(const Figure& figure) {
  std::set<std::tuple<std::string, int, std::optional<TheoryKind>>> seen;
  for (const LegendEntry& entry : figure.legend)
    if (!seen.emplace(entry.label, entry.colour, entry.theory).second) return figure.title + ": " + entry.label;
  return "";
}

TEST_P(Gallery, RunsAFewStepsAndNamesNothingTwice) {
  Document cut = complete(document());
  cut.repeats = 1;
  if (cut.study == "descent") {
    cut.steps = std::min<std::uint64_t>(cut.steps, 20);
    for (RunSpec& run : cut.runs) {
      if (run.steps) run.steps = std::min<std::uint64_t>(*run.steps, 20);
      if (run.fork) run.fork->step = std::min<std::uint64_t>(run.fork->step, 10);
    }
    std::erase_if(cut.events, [](const EventSpec& event) { return event.step > 10; });
    std::string said;
    const auto checked = check_inputs(cut);
    if (const Issues* issues = issues_of(checked))
      for (const Issue& issue : *issues) said += to_string(issue) + "\n";
    ASSERT_EQ(said, "");
  }
  Runner runner(cut, {.threads = 1});
  runner.wait(std::chrono::seconds(cut.study == "descent" ? 120 : 2));
  runner.interrupt();  // a study goes as far as it comes in two seconds
  ASSERT_TRUE(runner.wait(std::chrono::seconds(60)));
  const RunnerStatus status = runner.status();
  EXPECT_EQ(status.trouble, "");
  for (const RunStatus& run : status.runs) EXPECT_NE(run.ended, Ended::failed) << run.label << ": " << run.why;
  for (const FigureSpec& spec : runner.figures())
    EXPECT_EQ(repeated_entry(build_figure(spec, *runner.trace(), figure_options(cut))), "");
}

TEST_P(Gallery, PictureHoldsThisDocument) {
  const auto item = gallery_item(GetParam());
  ASSERT_FALSE(item->picture.empty()) << "tests/gallery/make_pictures writes it";
  const auto embedded = embedded_document(item->picture);
  ASSERT_TRUE(embedded.has_value());
  const auto drawn = parse_document(*embedded);
  ASSERT_EQ(issues_of(drawn), nullptr);
  EXPECT_EQ(write_document(complete(std::get<Document>(drawn))), write_document(complete(document())))
      << "tests/gallery/make_pictures brings it up to date";
  EXPECT_EQ(item->picture.find("<text"), std::string_view::npos)
      << "the card writes the title, the picture has no text";
}

INSTANTIATE_TEST_SUITE_P(Every, Gallery, ::testing::ValuesIn(gallery_tests::names()),
                         [](const auto& at) { return at.param; });

TEST(GalleryAsAWhole, HasEveryStudy) {
  std::set<std::string> studies;
  for (const std::string& name : gallery_tests::names()) studies.insert(gallery_tests::document(name).study);
  for (const Entry& entry : Catalog::get().all(Kind::study))
    EXPECT_EQ(studies.count(entry.id), 1u) << entry.id << " has no gallery document";
}

TEST(GalleryAsAWhole, TitlesAreUnique) {
  std::set<std::string> titles;
  for (const std::string& name : gallery_tests::names())
    EXPECT_TRUE(titles.insert(gallery_tests::document(name).title).second) << name;
}

}  // namespace
}  // namespace kappa
