/// Share strings say all of an experiment, and nothing broken or hostile gets through.
#include "ui/documents/share_string.hpp"

#include <gtest/gtest.h>

#include "tests/support/documents.hpp"
#include "ui/documents/minimal.hpp"
#include "ui/runs/document_edits.hpp"

namespace kappa::ui {
namespace {

QString wrapped(const QByteArray& json) {  // qCompress puts four bytes before the stream
  return QStringLiteral("kappascope:v1:") +
         QString::fromLatin1(qCompress(json, 9).mid(4).toBase64(QByteArray::Base64UrlEncoding));
}

std::string refusal(const QString& text) {
  const auto read = fromShareString(text);
  const Issues* issues = issues_of(read);
  return issues ? to_string(issues->front()) : std::string();
}

void expectSame(const Document& document) {
  const QString text = shareString(document);
  const auto read = fromShareString(text);
  ASSERT_EQ(issues_of(read), nullptr) << text.toStdString() << to_string(issues_of(read)->front());
  EXPECT_EQ(write_document(complete(std::get<Document>(read))), write_document(complete(document)));
  EXPECT_LT(text.size(), 3000);
}

TEST(ShareString, SaysAllOfEveryGalleryDocument) {
  for (const GalleryItem& item : gallery()) {
    SCOPED_TRACE(item.name);
    const auto read = parse_document(item.document);
    expectSame(std::get<Document>(read));
    EXPECT_LT(minimalJson(std::get<Document>(read)).size(), static_cast<qsizetype>(item.document.size()));
  }
}

TEST(ShareString, SaysForksEventsOverridesSweepsAndTheView) {
  expectSame(testing::document_of(R"({"kappascope": 1, "seed": 9, "repeats": 1, "steps": 50, "note": "ä \"b\"\n",
    "problem": {"type": "linear_regression", "samples": 40, "features": 6, "condition_number": 10},
    "batch": {"size": 8, "order": "shuffle_once"},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": {"type": "cosine", "peak": 0.3}},
              "problem": {"samples": 200}},
             {"label": "SAM", "optimizer": {"type": "sam", "base": {"type": "heavy_ball", "learning_rate": 0.125}}},
             {"label": "fork", "fork": {"run": "GD", "step": 20}, "optimizer": {"learning_rate": 0.01}}],
    "sweep": {"/seed": [1, 2], "/problem/condition_number": [10, 100]},
    "view": {"x": "seconds", "hidden": ["SAM"]},
    "events": [{"step": 12, "set": "/runs/1/optimizer/base/learning_rate", "value": 0.05}, {"step": 30, "stop": "/runs/1"}]})"));
  expectSame(freshDocument());
  for (const Entry& study : Catalog::get().all(Kind::study))
    if (study.id != "descent") expectSame(freshStudy(study));
}

TEST(ShareString, WhiteSpaceOfMessagesDoesNotMatter) {
  QString text = shareString(freshDocument());
  for (qsizetype i = 70; i < text.size(); i += 72) text.insert(i, QStringLiteral("\n  "));
  EXPECT_EQ(refusal(u' ' + text + u'\n'), "");
}

TEST(ShareString, ATruncatedOneIsRefusedWhereverItEnds) {
  const QString text = shareString(freshDocument());
  ASSERT_EQ(refusal(text), "");
  for (qsizetype i = 0; i < text.size(); ++i) EXPECT_NE(refusal(text.left(i)), "") << i;
  EXPECT_NE(refusal(text.chopped(8)).find("cut short"), std::string::npos) << refusal(text.chopped(8));
}

TEST(ShareString, ATamperedOneIsRefused) {
  const QString text = shareString(freshDocument());
  const std::string meant = write_document(freshDocument());
  for (qsizetype i = text.indexOf(u':', 12) + 1; i < text.size(); ++i)
    for (const char16_t letter : {u'A', u'z', u'*'}) {
      if (text[i] == letter) continue;
      QString other = text;
      other[i] = letter;
      const auto read = fromShareString(other);
      const auto* document = std::get_if<Document>(&read);  // the last letter's spare bits say nothing
      EXPECT_TRUE(document == nullptr || write_document(complete(*document)) == meant) << i;
    }
  EXPECT_NE(refusal(text + QStringLiteral("AAAA")), "");
}

TEST(ShareString, NamesWhatIsWrong) {
  EXPECT_NE(refusal("kappascope:v2:abcd").find("version"), std::string::npos);
  EXPECT_NE(refusal("kappascope:v1:").find("cut short"), std::string::npos);
  EXPECT_NE(refusal("kappascope:v1:###").find("damaged"), std::string::npos);
  EXPECT_NE(refusal("somethingelse"), "");
  const std::string steps = refusal(wrapped(R"({"kappascope": 1, "steps": -3})"));
  EXPECT_NE(steps.find("/steps"), std::string::npos) << steps;
}

TEST(ShareString, ABombIsNotInflated) {
  const QString bomb = wrapped(QByteArray(64 << 20, ' '));
  ASSERT_LT(bomb.size(), 1'000'000);
  EXPECT_NE(refusal(bomb).find("4 MB"), std::string::npos);
  // Whoever inflated it to its end would find that there is none, or none that is right.
  const QString cut_short = bomb.left(bomb.size() / 2 / 4 * 4);
  EXPECT_NE(refusal(cut_short).find("4 MB"), std::string::npos) << refusal(cut_short);
  const QString damaged = cut_short + QString(cut_short.size(), u'A');
  EXPECT_NE(refusal(damaged).find("4 MB"), std::string::npos) << refusal(damaged);
  EXPECT_NE(refusal(QStringLiteral("kappascope:v1:") + QString(3'000'000, u'A')).find("longer"), std::string::npos);
}

}  // namespace
}  // namespace kappa::ui
