/// Reads the built-in documents once and lays their cards out in as many columns as fit.
#include "ui/gallery/gallery_page.hpp"

#include <QHBoxLayout>
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
      group.cards.push_back(card);
      cards_.push_back(card);
    }
    if (group.cards.empty()) continue;
    group.head = new GroupHead(tr(name.toUtf8().constData()), floor_);
    groups_.push_back(std::move(group));
  }
  setWidget(floor_);
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

void GalleryPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  place();
}

}  // namespace kappa::ui
