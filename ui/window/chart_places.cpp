/// The geometry of the grid, apart from its widgets.
#include <algorithm>

#include "ui/window/chart_grid.hpp"

namespace kappa::ui {
namespace {

constexpr int gap = 12;
constexpr double wide_share = 0.635, first_share = 0.545;

/// Grows with the type: from what does at a desk to what can be read from the back of a room.
int grown(int at_desk, int in_class, double type) {
  constexpr double class_type = 24 / 13.0;
  return at_desk + static_cast<int>((type - 1) / (class_type - 1) * (in_class - at_desk));
}

/// Of a card: in a class its plot has 220 pixels.
int leastHeight(double type) { return grown(200, 384, type); }
int leastWidth(double type) { return grown(195, 480, type); }

struct CardRow {
  std::size_t left = 0;
  std::optional<std::size_t> right;  ///< absent: the left one has the whole row
};

std::vector<CardRow> rowsOf(const std::vector<CardShape>& cards) {
  std::vector<CardRow> rows;
  for (std::size_t i = 0; i < cards.size();) {
    const bool pair = cards[i].span != 2 && i + 1 < cards.size() && cards[i + 1].span != 2;
    rows.push_back({i, pair ? std::optional(i + 1) : std::nullopt});
    i += pair ? 2 : 1;
  }
  return rows;
}

double leftShare(FigureForm left, FigureForm right, bool first) {
  if (left == FigureForm::plane) return wide_share;  // put first, the landscape is what the experiment is about
  if (isNarrow(left) != isNarrow(right)) return isNarrow(left) ? 1 - wide_share : wide_share;
  return first ? wide_share : 0.5;
}

}  // namespace

bool inOneColumn(int width, double type) { return width < grown(560, 2 * 480 + 3 * gap, type); }

bool inPages(QSize room, double type) {
  return inOneColumn(room.width(), type) || room.height() < 2 * leastHeight(type) + 3 * gap;
}

std::vector<QRect> arrangeCards(const std::vector<CardShape>& cards, QSize room, double type) {
  std::vector<QRect> places(cards.size());
  const int width = room.width() - 2 * gap, height = room.height() - 2 * gap;
  const int least_height = leastHeight(type);
  if (inOneColumn(room.width(), type)) {
    // Pages of one card or two fill the view to the pixel, so that whole cards are seen wherever paging stops.
    const bool pairs = cards.size() > 1 && height >= 2 * least_height + gap;
    const int upper = pairs ? (height - gap) / 2 : std::max(least_height, height);
    const int lower = height - gap - upper, page = std::max(room.height(), upper + 2 * gap);
    for (std::size_t i = 0; i < cards.size(); ++i) {
      const bool below = pairs && i % 2 == 1;
      const int top = static_cast<int>(pairs ? i / 2 : i) * page + gap;
      places[i] = {gap, below ? top + upper + gap : top, width, below ? lower : upper};
    }
    return places;
  }
  const auto rows = rowsOf(cards);
  // The first row is the tallest; two fill the view, and what follows starts just below it. Or each fills a page.
  const bool pages = rows.size() > 1 && inPages(room, type);
  const int share = std::min(static_cast<int>((height - gap) * first_share), height - gap - least_height);
  const int first = rows.size() == 1 || pages ? height : share;
  const int other = pages ? height : height - gap - first;
  int y = gap;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const int tall = std::max(least_height, r == 0 ? first : other);
    const auto& [left, right] = rows[r];
    const bool alone = !right && cards[left].span == 1;
    int left_width = width;
    if (right) {
      left_width = static_cast<int>((width - gap) * leftShare(cards[left].form, cards[*right].form, r == 0));
      left_width = std::clamp(left_width, leastWidth(type), width - gap - leastWidth(type));
    }
    if (alone)
      left_width = static_cast<int>((width - gap) * (isNarrow(cards[left].form) ? 1 - wide_share : wide_share));
    places[left] = {gap, y, left_width, tall};
    if (right) places[*right] = {gap + left_width + gap, y, width - left_width - gap, tall};
    y += tall + (pages ? 2 * gap : gap);
  }
  return places;
}

}  // namespace kappa::ui
