/// Reads the built-in lessons once and lays their cards out in one column, or two where there is room.
#include "ui/lessons/lessons_page.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

#include "core/lab.hpp"
#include "ui/lessons/lesson_card.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int page_edge = 32, card_gap = 16, two_columns = 1000, widest_page = 1320;

/// From the easiest on; lessons that are not named here follow by name.
const QStringList kOrder{"conditioning", "learning_rate", "momentum", "adam", "muon", "sensing"};

std::vector<LessonEntry> lessonEntries() {
  std::vector<LessonEntry> all;
  for (const LessonItem& item : lessons()) {
    const auto parsed = parse_lesson(item.text, item.name);
    const auto* lesson = std::get_if<Lesson>(&parsed);
    if (!lesson) continue;
    const auto base = gallery_item(lesson->base);
    const std::string_view picture = base ? base->picture : std::string_view();
    all.push_back({QString::fromStdString(lesson->name), QString::fromStdString(lesson->title),
                   QString::fromStdString(lesson->about), static_cast<int>(lesson->steps.size()),
                   QByteArray(picture.data(), static_cast<qsizetype>(picture.size()))});
  }
  const auto rank = [](const LessonEntry& e) {
    const auto at = kOrder.indexOf(e.name);
    return at < 0 ? kOrder.size() : at;
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](const LessonEntry& a, const LessonEntry& b) { return rank(a) < rank(b); });
  return all;
}

}  // namespace

LessonsPage::LessonsPage(const AppTheme& theme, QWidget* parent)
    : QScrollArea(parent), floor_(new QWidget), top_(new QWidget(floor_)) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Lessons"));
  auto* row = new QHBoxLayout(top_);
  row->setContentsMargins(0, 0, 0, 0);
  auto* head = new QLabel(tr("Lessons"));
  head->setStyleSheet(QStringLiteral("font-size: 20px; font-weight: 600;"));
  auto* hint = new QLabel(tr("Predict, run, compare. Every number in the text is measured while you watch."));
  hint->setProperty("role", "muted");
  hint->setWordWrap(true);
  row->addWidget(head);
  row->addSpacing(12);
  row->addWidget(hint, 1);
  for (LessonEntry& entry : lessonEntries()) {
    auto* card = new LessonCard(theme, std::move(entry), floor_);
    connect(card, &LessonCard::clicked, this, [this, card] { emit chosen(card->entry().name); });
    cards_.push_back(card);
  }
  setWidget(floor_);
}

void LessonsPage::place() {
  const int room = maximumViewportSize().width() - 12;
  const int width = std::min(widest_page, room - 2 * page_edge), left = (room - width) / 2;
  const int columns = width >= two_columns ? 2 : 1, each = (width - (columns - 1) * card_gap) / columns;
  int y = 24;
  top_->setGeometry(left, y, width, 34);
  y += 34 + 20;
  for (std::size_t i = 0; i < cards_.size(); i += static_cast<std::size_t>(columns)) {
    int tall = 0;
    const std::size_t end = std::min(cards_.size(), i + static_cast<std::size_t>(columns));
    for (std::size_t k = i; k < end; ++k) tall = std::max(tall, cards_[k]->heightForWidth(each));
    for (std::size_t k = i; k < end; ++k)
      cards_[k]->setGeometry(left + static_cast<int>(k - i) * (each + card_gap), y, each, tall);
    y += tall + card_gap;
  }
  floor_->resize(maximumViewportSize().width(), y + card_gap);
}

void LessonsPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  place();
}

}  // namespace kappa::ui
