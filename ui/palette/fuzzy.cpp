/// Words first, then letters.
#include "ui/palette/fuzzy.hpp"

#include <QStringList>
#include <algorithm>

namespace kappa::ui {
namespace {

constexpr int whole = 1000, at_word = 20, next_to = 12, anywhere = 1;

bool beginsWord(const QString& text, qsizetype at) { return at == 0 || !text[at - 1].isLetterOrNumber(); }

/// Letters in order, taken at beginnings of words where that is possible.
std::optional<int> letters(const QString& word, const QString& text) {
  int score = 0;
  qsizetype from = 0, last = -2;
  for (const QChar letter : word) {
    qsizetype at = text.indexOf(letter, from);
    if (at < 0) return std::nullopt;
    if (at != last + 1)
      for (qsizetype better = at; better >= 0; better = text.indexOf(letter, better + 1))
        if (beginsWord(text, better)) {
          at = better;
          break;
        }
    score += at == last + 1 ? next_to : beginsWord(text, at) ? at_word : anywhere;
    last = at;
    from = at + 1;
  }
  return score;
}

std::optional<int> oneWord(const QString& word, const QString& text) {
  for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (beginsWord(text, at)) return whole - static_cast<int>(std::min<qsizetype>(at, 200));
  if (text.contains(word)) return whole / 2;
  if (const auto scattered = letters(word, text)) return scattered;
  // A jump to a later beginning of a word may have skipped letters that were needed.
  qsizetype from = 0;
  for (const QChar letter : word) {
    const qsizetype at = text.indexOf(letter, from);
    if (at < 0) return std::nullopt;
    from = at + 1;
  }
  return anywhere;
}

}  // namespace

std::optional<int> fuzzyScore(const QString& query, const QString& text) {
  const QString where = text.toCaseFolded();
  int score = 0;
  for (const QString& word : query.toCaseFolded().split(u' ', Qt::SkipEmptyParts)) {
    const auto one = oneWord(word, where);
    if (!one) return std::nullopt;
    score += *one;
  }
  return score;
}

}  // namespace kappa::ui
