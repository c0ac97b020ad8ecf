/// What is told of a kept result beside its numbers comes back with them.
#include "ui/documents/kept_file.hpp"

#include <gtest/gtest.h>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include "tests/core/figure/recorder.hpp"
#include "tests/support/scratch.hpp"

namespace kappa::ui {
namespace {

KeptResults::Kept sample(bool whole) {
  auto recorder = std::make_shared<test::Recorder>();
  for (std::uint64_t t = 0; t < 5; ++t) recorder->series("GD", t, 1.0 / (1.0 + static_cast<double>(t)), 1, 2);
  const auto item = gallery_item("conditioning");
  auto document = std::make_shared<const Document>(complete(std::get<Document>(parse_document(item->document))));
  KeptResults::Kept kept{.name = "mine",
                         .document = std::move(document),
                         .trace = std::shared_ptr<const Trace>(recorder, &recorder->trace),
                         .hidden = {"GD"},
                         .colours = {3},
                         .id = "one"};
  kept.whole = whole;
  return kept;
}

TEST(KeptFile, SaysWhetherAllRunsCameToAnEndOfTheirOwn) {
  const test::ScratchDirectory folder;
  const QString place = QString::fromStdString(folder.path());
  for (const bool whole : {true, false}) {
    ASSERT_FALSE(writeKept(place, sample(whole)));
    const auto read = readKept(place, "one");
    ASSERT_EQ(issues_of(read), nullptr);
    const auto& kept = std::get<KeptResults::Kept>(read);
    EXPECT_EQ(kept.whole, whole);
    EXPECT_EQ(kept.name, "mine");
    EXPECT_EQ(kept.colours, std::vector<int>{3});
    EXPECT_EQ(kept.trace->series(0, 1, "loss")->size(), 5u);
  }
}

TEST(KeptFile, WhatWasKeptBeforeItWasSaidCountsAsWhole) {
  const test::ScratchDirectory folder;
  const QString place = QString::fromStdString(folder.path());
  ASSERT_FALSE(writeKept(place, sample(false)));
  QFile card(place + "/one.json");
  ASSERT_TRUE(card.open(QIODevice::ReadOnly));
  QJsonObject object = QJsonDocument::fromJson(card.readAll()).object();
  card.close();
  ASSERT_TRUE(object.contains("whole"));
  object.remove("whole");
  ASSERT_TRUE(card.open(QIODevice::WriteOnly | QIODevice::Truncate));
  card.write(QJsonDocument(object).toJson());
  card.close();
  const auto read = readKept(place, "one");
  ASSERT_EQ(issues_of(read), nullptr);
  EXPECT_TRUE(std::get<KeptResults::Kept>(read).whole);
}

}  // namespace
}  // namespace kappa::ui
