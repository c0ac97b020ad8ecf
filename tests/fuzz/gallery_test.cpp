/// Gallery documents with bytes changed at random: read or refused in words, never anything else.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/catalog/gallery.hpp"
#include "core/spec/document.hpp"

namespace kappa {
namespace {

std::string some_document() {
  static const std::vector<GalleryItem> all = gallery();
  return std::string(all.at(*rc::gen::inRange<std::size_t>(0, all.size())).document);
}

/// Accepted documents are valid, complete, and come back as they were written; refused ones say why.
void judge_text(const std::string& text) {
  const auto read = parse_document(text);
  if (const Issues* issues = issues_of(read)) {
    RC_ASSERT(!issues->empty());
    for (const Issue& issue : *issues) RC_ASSERT(!issue.message.empty());
    return;
  }
  const Document& document = std::get<Document>(read);
  RC_ASSERT(validate(document).empty());
  const std::string whole = write_document(complete(document));
  const auto again = parse_document(whole);
  RC_ASSERT(issues_of(again) == nullptr);
  RC_ASSERT(write_document(std::get<Document>(again)) == whole);
}

RC_GTEST_PROP(BrokenGallery, RandomBytes, ()) {
  std::string text = some_document();
  const auto edits = *rc::gen::inRange(1, 9);
  for (int i = 0; i < edits; ++i) text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
  judge_text(text);
}

RC_GTEST_PROP(BrokenGallery, PiecesCutDoubledAndMoved, ()) {
  std::string text = some_document();
  const auto edits = *rc::gen::inRange(1, 5);
  for (int i = 0; i < edits && !text.empty(); ++i) {
    const auto from = *rc::gen::inRange<std::size_t>(0, text.size()),
               to = *rc::gen::inRange<std::size_t>(0, text.size());
    const std::string piece = text.substr(from, *rc::gen::inRange<std::size_t>(1, 60));
    if (*rc::gen::arbitrary<bool>()) text.erase(from, piece.size());
    text.insert(std::min(to, text.size()), piece);
  }
  judge_text(text);
}

/// Digits are where a document stays JSON and its meaning breaks: signs, exponents, huge and tiny numbers.
RC_GTEST_PROP(BrokenGallery, NumbersReplaced, ()) {
  std::string text = some_document();
  std::vector<std::size_t> digits;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] >= '0' && text[i] <= '9') digits.push_back(i);
  const auto where = *rc::gen::elementOf(digits);
  const auto number =
      *rc::gen::element<std::string>("-1", "0", "1e308", "1e400", "-0.0", "9007199254740993", "18446744073709551616",
                                     "0.1", "1e-320", "null", "true", "[]", "{}", "\"auto\"", "\"\"", "NaN");
  text.replace(where, 1, number);
  judge_text(text);
}

}  // namespace
}  // namespace kappa
