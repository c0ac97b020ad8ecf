/// Keeps cards whose figure is still declared, so that a new run draws into the charts of the old one.
#include "ui/window/chart_grid.hpp"

#include <QScrollBar>
#include <algorithm>
#include <deque>

#include "ui/session.hpp"
#include "ui/window/chart_card.hpp"

namespace kappa::ui {
namespace {

constexpr int gap = 12, least_width = 560, least_height = 200;

bool isNarrow(FigureForm form) {
  return form == FigureForm::spectrum || form == FigureForm::spectrum_over_time || form == FigureForm::heat;
}

/// Pairs of cards, left and right; -1: nothing, the other one takes the row.
std::vector<std::pair<int, int>> rowsOf(const std::vector<FigureForm>& forms) {
  std::deque<int> wide, narrow;
  for (std::size_t i = 0; i < forms.size(); ++i) (isNarrow(forms[i]) ? narrow : wide).push_back(static_cast<int>(i));
  const auto take = [](std::deque<int>& first, std::deque<int>& second) {
    std::deque<int>& from = first.empty() ? second : first;
    if (from.empty()) return -1;
    const int index = from.front();
    from.pop_front();
    return index;
  };
  std::vector<std::pair<int, int>> rows;
  while (!wide.empty() || !narrow.empty()) {
    const int left = take(wide, narrow);
    rows.emplace_back(left, take(narrow, wide));
  }
  return rows;
}

}  // namespace

std::vector<QRect> arrangeCards(const std::vector<FigureForm>& forms, QSize room) {
  std::vector<QRect> places(forms.size());
  const int width = room.width() - 2 * gap, height = room.height() - 2 * gap;
  if (room.width() < least_width) {
    const int each = std::max(least_height, forms.size() > 1 ? height / 2 : height);
    for (std::size_t i = 0; i < forms.size(); ++i)
      places[i] = {gap, gap + static_cast<int>(i) * (each + gap), width, each};
    return places;
  }
  const auto rows = rowsOf(forms);
  // The first row is the tallest; where there are more than fit, the next one looks out at the lower edge.
  const double first = rows.size() == 1 ? 1 : rows.size() == 2 ? 0.545 : 0.5, other = rows.size() == 2 ? 0.455 : 0.41;
  int y = gap;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const bool fits = rows.size() <= 2;
    const int share =
        static_cast<int>((height - (fits ? gap * (static_cast<int>(rows.size()) - 1) : 0)) * (r == 0 ? first : other));
    const int tall = std::max(least_height, share);
    const auto [left, right] = rows[r];
    const bool even =
        right >= 0 &&
        isNarrow(forms[static_cast<std::size_t>(left)]) == isNarrow(forms[static_cast<std::size_t>(right)]) && r > 0;
    const int left_width = right < 0 ? width : static_cast<int>((width - gap) * (even ? 0.5 : 0.635));
    places[static_cast<std::size_t>(left)] = {gap, y, left_width, tall};
    if (right >= 0)
      places[static_cast<std::size_t>(right)] = {gap + left_width + gap, y, width - left_width - gap, tall};
    y += tall + gap;
  }
  return places;
}

ChartGrid::ChartGrid(Session& session, const AppTheme& theme, QWidget* parent)
    : QScrollArea(parent), session_(session), theme_(theme), floor_(new QWidget) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Charts"));
  setWidget(floor_);
  connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
    for (ChartCard* card : cards_) card->refresh(false);
  });
  connect(&session, &Session::runnerReplaced, this, &ChartGrid::rebuild);
  connect(&session, &Session::refreshed, this, [this] { refresh(false); });
  connect(&session, &Session::viewChanged, this, [this] { refresh(true); });
  rebuild();
}

void ChartGrid::rebuild() {
  std::vector<ChartCard*> kept;
  for (const FigureSpec& spec : session_.figures()) {
    const auto same = std::find_if(cards_.begin(), cards_.end(), [&](const ChartCard* card) {
      const FigureSpec& old = card->spec();
      return old.id == spec.id && old.title == spec.title && old.names == spec.names && old.form == spec.form &&
             old.runs == spec.runs && old.note == spec.note;
    });
    if (same != cards_.end()) {
      kept.push_back(*same);
      cards_.erase(same);
      continue;
    }
    auto* card = new ChartCard(session_, theme_, spec, floor_);
    connect(card, &ChartCard::maximiseRequested, this, [this, card] { maximise(card); });
    connect(card, &ChartCard::exportRequested, this, [this, card] { emit exportRequested(card); });
    kept.push_back(card);
  }
  for (ChartCard* gone : cards_) {
    if (gone == maximised_) maximised_ = nullptr;
    gone->hide();
    gone->deleteLater();
  }
  cards_ = std::move(kept);
  place();
  for (ChartCard* card : cards_) card->setVisible(!maximised_ || card == maximised_);
}

void ChartGrid::place() {
  const QSize room = maximumViewportSize();
  if (maximised_) {
    floor_->resize(room);
    maximised_->setGeometry(QRect({}, room).adjusted(gap, gap, -gap, -gap));
    return;
  }
  std::vector<FigureForm> forms;
  for (const ChartCard* card : cards_) forms.push_back(card->spec().form);
  const auto bottom = [](const std::vector<QRect>& places) {
    int lowest = 0;
    for (const QRect& place : places) lowest = std::max(lowest, place.bottom() + 1 + gap);
    return lowest;
  };
  std::vector<QRect> places = arrangeCards(forms, room);
  QSize floor(room.width(), std::max(room.height(), bottom(places)));
  if (floor.height() > room.height()) {
    floor.setWidth(room.width() - verticalScrollBar()->sizeHint().width() + gap / 2);
    places = arrangeCards(forms, {floor.width(), room.height()});
    floor.setWidth(room.width() - verticalScrollBar()->sizeHint().width());
  }
  floor_->resize(floor);
  for (std::size_t i = 0; i < cards_.size(); ++i) cards_[i]->setGeometry(places[i]);
}

void ChartGrid::maximise(ChartCard* card) {
  maximised_ = maximised_ == card ? nullptr : card;
  place();
  for (ChartCard* one : cards_) one->setVisible(!maximised_ || one == maximised_);
  refresh(true);
}

/// While runs are at work, drawing takes a third of the time at most; the session's last word is always drawn.
void ChartGrid::refresh(bool view_changed) {
  const bool hurried = session_.state() == RunState::running && !view_changed;
  if (hurried && since_drawn_.isValid() && since_drawn_.nsecsElapsed() < 2 * drawing_) return;
  since_drawn_.start();
  for (ChartCard* card : cards_) card->refresh(view_changed);
  drawing_ = since_drawn_.nsecsElapsed();
}

void ChartGrid::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  place();
  refresh(true);
}

}  // namespace kappa::ui
