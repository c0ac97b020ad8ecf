/// Reads the built-in documents once and lays their cards out in as many columns as fit.
#include "ui/gallery/gallery_page.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "core/lab.hpp"
#include "ui/forms/elided_label.hpp"
#include "ui/forms/group_head.hpp"
#include "ui/gallery/gallery_card.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int edge = 32, gap = 16, wanted_width = 264, widest = 1660;

std::vector<GalleryEntry> entries() {
  std::vector<GalleryEntry> all;
  for (const GalleryItem& item : gallery()) {
    const auto parsed = parse_document(item.document);
    const auto* document = std::get_if<Document>(&parsed);
    if (!document) continue;
    const QString group = QString::fromStdString(document->about.group);
    all.push_back({QString::fromStdString(item.name), QString::fromStdString(document->title),
                   QString::fromStdString(document->about.question), group.isEmpty() ? QStringLiteral("More") : group,
                   QByteArray(item.picture.data(), static_cast<qsizetype>(item.picture.size()))});
  }
  return all;
}

}  // namespace

GalleryPage::GalleryPage(const AppTheme& theme, QWidget* parent)
    : QScrollArea(parent), floor_(new QWidget), top_(new QWidget(floor_)) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Gallery"));
  auto* row = new QHBoxLayout(top_);
  row->setContentsMargins(0, 0, 0, 0);
  auto* head = new QLabel(tr("Gallery"));
  head->setStyleSheet(QStringLiteral("font-size: 20px; font-weight: 600;"));
  auto* hint = new ElidedLabel(tr("Every experiment runs as it stands. Open one, press Space, change anything."));
  hint->setProperty("role", "muted");
  auto* open = new QPushButton(tr("Open a file…"));
  connect(open, &QPushButton::clicked, this, &GalleryPage::fileAsked);
  row->addWidget(head);
  row->addSpacing(12);
  row->addWidget(hint, 1);
  row->addWidget(open);

  const std::vector<GalleryEntry> all = entries();
  QStringList names{"Regression", "Sensing",     "Optimizers", "Schedules", "Low rank",
                    "Dynamics",   "First order", "Landscapes", "More"};
  for (const GalleryEntry& entry : all)
    if (!names.contains(entry.group)) names << entry.group;
  for (const QString& name : names) {
    Group group{nullptr, {}};
    for (const GalleryEntry& entry : all) {
      if (entry.group != name) continue;
      auto* card = new GalleryCard(theme, entry, floor_);
      connect(card, &GalleryCard::clicked, this, [this, id = entry.name] { emit chosen(id); });
      card->installEventFilter(this);
      group.cards.push_back(card);
      cards_.push_back(card);
    }
    if (group.cards.empty()) continue;
    group.head = new GroupHead(tr(name.toUtf8().constData()), floor_);
    groups_.push_back(std::move(group));
  }
  setWidget(floor_);
  connect(&theme, &AppTheme::changed, this, &GalleryPage::place);
}

void GalleryPage::place() {
  const int room = maximumViewportSize().width() - 12;
  const int width = std::min(widest, room - 2 * edge), left = (room - width) / 2;
  const int columns = std::max(1, (width + gap) / (wanted_width + gap)), each = (width - (columns - 1) * gap) / columns;
  int y = 24;
  top_->setGeometry(left, y, width, 34);
  y += 34 + 12;
  for (const Group& group : groups_) {
    group.head->setGeometry(left, y, width, 26);
    y += 32;
    for (std::size_t i = 0; i < group.cards.size(); ++i) {
      const int column = static_cast<int>(i) % columns, tall = group.cards[i]->heightForWidth(each);
      group.cards[i]->setGeometry(left + column * (each + gap), y, each, tall);
      if (column + 1 == columns || i + 1 == group.cards.size()) y += tall + gap;
    }
  }
  floor_->resize(maximumViewportSize().width(), y + gap);
}

/// The card an arrow leads to: along the rows to the sides, to the nearest one above or below.
GalleryCard* GalleryPage::beside(const GalleryCard& card, int key) const {
  const auto at = std::find(cards_.begin(), cards_.end(), &card) - cards_.begin();
  const auto count = static_cast<std::ptrdiff_t>(cards_.size());
  const bool back = key == Qt::Key_Left || key == Qt::Key_Up;
  if (key == Qt::Key_Home || key == Qt::Key_End) return key == Qt::Key_Home ? cards_.front() : cards_.back();
  if (key == Qt::Key_Left || key == Qt::Key_Right)
    return cards_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + (back ? -1 : 1), 0, count - 1))];
  GalleryCard* nearest = nullptr;
  int least = 0;
  for (GalleryCard* other : cards_) {
    const QPoint way = other->pos() - card.pos();
    const int far = 10 * std::abs(way.y()) + std::abs(way.x());
    if (way.y() == 0 || (way.y() < 0) != back || (nearest && far >= least)) continue;
    nearest = other;
    least = far;
  }
  return nearest;
}

bool GalleryPage::eventFilter(QObject* watched, QEvent* event) {
  static constexpr int ways[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End};
  const auto* card = qobject_cast<GalleryCard*>(watched);
  if (!card || event->type() != QEvent::KeyPress) return QScrollArea::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  if (std::find(std::begin(ways), std::end(ways), key->key()) == std::end(ways))
    return QScrollArea::eventFilter(watched, event);
  if (GalleryCard* next = beside(*card, key->key())) {
    next->setFocus(Qt::TabFocusReason);
    ensureWidgetVisible(next, 0, 48);
  }
  return true;
}

void GalleryPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  place();
}

}  // namespace kappa::ui
