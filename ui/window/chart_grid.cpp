/// Keeps cards whose figure is still declared, so that a new run draws into the charts of the old one.
#include "ui/window/chart_grid.hpp"

#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>
#include <ctime>

#include "ui/charts/chart_view.hpp"
#include "ui/charts/data_table.hpp"
#include "ui/forms/wording.hpp"
#include "ui/runs/view_keys.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_menu.hpp"

namespace kappa::ui {
namespace {

/// Nanoseconds that this thread has been at work, not counting those it waited.
qint64 ownWork() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return 1000000000 * static_cast<qint64>(t.tv_sec) + t.tv_nsec;
}

const QString charts_key = QStringLiteral("charts");

bool sameFigureSpec(const FigureSpec& a, const FigureSpec& b) {
  return a.id == b.id && a.title == b.title && a.names == b.names && a.form == b.form && a.runs == b.runs &&
         a.note == b.note && a.quantity == b.quantity;
}

void moveBehind(ChartLooks& looks, const QString& id, const QString& behind) {
  const auto named = [&](const QString& name) {
    return std::find_if(looks.begin(), looks.end(), [&](const ChartLook& look) { return look.id == name; });
  };
  if (id == behind || named(id) == looks.end() || named(behind) == looks.end()) return;
  const ChartLook look = *named(id);
  looks.erase(named(id));
  looks.insert(named(behind) + 1, look);
}

}  // namespace

ChartGrid::ChartGrid(Session& session, const AppTheme& theme, QWidget* parent)
    : QScrollArea(parent),
      session_(session),
      theme_(theme),
      floor_(new QWidget),
      target_(new QWidget(floor_)),
      add_menu_(new QMenu(tr("Add chart"), this)),
      empty_(new QToolButton(floor_)) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Charts"));
  setWidget(floor_);
  target_->setAttribute(Qt::WA_TransparentForMouseEvents);
  target_->setAttribute(Qt::WA_StyledBackground);
  target_->setStyleSheet(QStringLiteral("border: 2px solid palette(link); border-radius: 8px; background: none;"));
  target_->hide();
  empty_->setText(tr("+ Add chart"));
  empty_->setPopupMode(QToolButton::InstantPopup);
  empty_->setMenu(add_menu_);
  connect(add_menu_, &QMenu::aboutToShow, this, [this] {
    add_menu_->clear();
    chart_menu::fillAdd(*add_menu_, *this, session_, nullptr);
  });
  connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
    for (ChartCard* card : cards_) card->refresh(false);
  });
  connect(&session, &Session::runnerReplaced, this, &ChartGrid::rebuild);
  connect(&session, &Session::documentChanged, this, &ChartGrid::adopt);
  connect(&session, &Session::refreshed, this, [this] { refresh(false); });
  connect(&session, &Session::viewChanged, this, [this] { refresh(true); });
  rebuild();
}

/// A plot that loses the focus while the window goes has nobody to tell any more.
ChartGrid::~ChartGrid() {
  for (ChartCard* card : cards_) card->disconnect(this);
}

/// The document may have another opinion of the charts now.
void ChartGrid::adopt() {
  if (session_.view().value(charts_key).toArray() != adopted_) rebuild();
}

void ChartGrid::rebuild() {
  adopted_ = session_.view().value(charts_key).toArray();
  looks_ = chartLooks(adopted_, session_.figures());
  std::vector<ChartCard*> kept;
  for (const ChartLook& look : looks_) {
    const auto spec = std::find_if(session_.figures().begin(), session_.figures().end(),
                                   [&](const FigureSpec& f) { return QString::fromStdString(f.id) == look.id; });
    if (!look.shown || spec == session_.figures().end()) continue;
    const auto same = std::find_if(cards_.begin(), cards_.end(),
                                   [&](const ChartCard* card) { return sameFigureSpec(card->spec(), *spec); });
    ChartCard* card = same != cards_.end() ? *same : makeCard(*spec);
    if (same != cards_.end()) cards_.erase(same);
    card->setLook(look);
    kept.push_back(card);
  }
  for (ChartCard* gone : cards_) {
    if (gone == maximised_) maximised_ = nullptr;
    gone->hide();
    gone->deleteLater();
  }
  cards_ = std::move(kept);
  for (std::size_t i = 1; i < cards_.size(); ++i) QWidget::setTabOrder(cards_[i - 1]->view(), cards_[i]->view());
  place();
  showCards();
  refresh(true);
}

ChartCard* ChartGrid::makeCard(const FigureSpec& spec) {
  auto* card = new ChartCard(session_, theme_, spec, floor_);
  connect(card, &ChartCard::maximiseRequested, this, [this, card] { maximise(card); });
  connect(card, &ChartCard::exportRequested, this, [this, card] { emit exportRequested(card); });
  connect(card, &ChartCard::copyRequested, this, [this, card] { emit copyRequested(card); });
  connect(card, &ChartCard::menuAsked, this, [this, card] { chart_menu::fill(*card->menu(), *card, *this, session_); });
  connect(card, &ChartCard::pointedAt, this, [this, card](double x) { point(card, x); });
  connect(card, &ChartCard::pointedAway, this, [this, card] { point(card, {}); });
  connect(card, &ChartCard::carried, this, [this, card](const QPoint& at) { carry(card, at); });
  connect(card, &ChartCard::dropped, this, [this, card](const QPoint& at, bool here) { drop(card, at, here); });
  return card;
}

void ChartGrid::showCards() {
  for (ChartCard* card : cards_) card->setVisible(!maximised_ || card == maximised_);
  empty_->setVisible(cards_.empty());
}

void ChartGrid::place() {
  constexpr int gap = 12;
  const QSize room = maximumViewportSize();
  empty_->adjustSize();
  empty_->move((room.width() - empty_->width()) / 2, room.height() / 3);
  if (maximised_ || cards_.empty()) {
    floor_->resize(room);
    if (maximised_) maximised_->setGeometry(QRect({}, room).adjusted(gap, gap, -gap, -gap));
    return;
  }
  std::vector<CardShape> shapes;
  for (const ChartCard* card : cards_) shapes.push_back({card->spec().form, card->look().span});
  const auto bottom = [](const std::vector<QRect>& places) {
    int lowest = 0;
    for (const QRect& place : places) lowest = std::max(lowest, place.bottom() + 1 + gap);
    return lowest;
  };
  const double type = typeOf(theme_.id()).body / 13.0;
  std::vector<QRect> places = arrangeCards(shapes, room, type);
  QSize floor(room.width(), std::max(room.height(), bottom(places)));
  if (floor.height() > room.height()) {
    floor.setWidth(room.width() - verticalScrollBar()->sizeHint().width() + gap / 2);
    places = arrangeCards(shapes, {floor.width(), room.height()}, type);
    floor.setWidth(room.width() - verticalScrollBar()->sizeHint().width());
  }
  const int page = std::max(1, room.height());
  const bool pages = inPages({floor.width(), room.height()}, type);
  if (pages) floor.setHeight((floor.height() + page - 1) / page * page);  // the last one can be turned to, too
  verticalScrollBar()->setSingleStep(pages ? page : 20);
  floor_->resize(floor);
  for (std::size_t i = 0; i < cards_.size(); ++i) cards_[i]->setGeometry(places[i]);
}

void ChartGrid::maximise(ChartCard* card) {
  maximised_ = maximised_ == card ? nullptr : card;
  place();
  showCards();
  refresh(true);
}

void ChartGrid::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && maximised_) return maximise(nullptr);
  QScrollArea::keyPressEvent(event);
}

/// From above a plot the page is moved with Alt, which turns the wheel sideways on its way here.
void ChartGrid::wheelEvent(QWheelEvent* event) {
  const QPoint turn = event->angleDelta();
  if (!event->modifiers().testFlag(Qt::AltModifier) || turn.y() != 0) return QScrollArea::wheelEvent(event);
  QWheelEvent upright(event->position(), event->globalPosition(), {}, {0, turn.x()}, event->buttons(), Qt::NoModifier,
                      event->phase(), event->inverted());
  QScrollArea::wheelEvent(&upright);
  event->accept();
}

/// While runs are at work, drawing takes a third of the time: all that this thread has done since the last drawing,
/// painting included. Yet curves move eight times a second at least, and the session's last word is always drawn.
void ChartGrid::refresh(bool view_changed) {
  if (session_.holdsBack()) return;
  const bool hurried = session_.state() == RunState::running && !view_changed;
  constexpr qint64 longest_rest = 125000000;
  const qint64 rest = std::min(3 * (ownWork() - work_before_), longest_rest);
  if (hurried && since_drawn_.isValid() && since_drawn_.nsecsElapsed() < rest) return;
  since_drawn_.start();
  work_before_ = ownWork();
  for (ChartCard* card : cards_) card->refresh(view_changed);
}

void ChartGrid::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  place();
  refresh(true);
}

void ChartGrid::write(const ChartLooks& looks, const QString& text) {
  QJsonObject view = session_.view();
  const QJsonArray charts = writeLooks(looks, session_.figures(), adopted_);
  charts.isEmpty() ? view.remove(charts_key) : void(view[charts_key] = charts);
  session_.change(withView(session_.document(), view), text);
}

void ChartGrid::setLook(const ChartLook& look, const QString& text) {
  ChartLooks next = looks_;
  for (ChartLook& one : next)
    if (one.id == look.id) one = look;
  write(next, text);
}

void ChartGrid::remove(ChartCard* card) {
  ChartLook look = card->look();
  look.shown = false;
  setLook(look, tr("remove chart “%1”").arg(QString::fromStdString(card->spec().title)));
}

void ChartGrid::add(const QString& id, const QString& behind) {
  ChartLooks next = looks_;
  for (ChartLook& one : next)
    if (one.id == id) one.shown = true;
  if (!behind.isEmpty()) moveBehind(next, id, behind);
  write(next, tr("add chart"));
}

void ChartGrid::exchange(ChartCard* one, ChartCard* other) {
  ChartLooks next = looks_;
  const auto place = [&](const ChartCard* card) {
    return std::find_if(next.begin(), next.end(), [&](const ChartLook& look) { return look.id == card->look().id; });
  };
  std::iter_swap(place(one), place(other));
  write(next, tr("move chart “%1”").arg(QString::fromStdString(one->spec().title)));
}

void ChartGrid::move(ChartCard* card, int by) {
  const auto at = std::find(cards_.begin(), cards_.end(), card) - cards_.begin() + by;
  if (at >= 0 && at < static_cast<std::ptrdiff_t>(cards_.size())) exchange(card, cards_[static_cast<std::size_t>(at)]);
}

void ChartGrid::measure(const Node& probe, const QString& behind) {
  Document next = session_.document();
  next.probes.push_back(complete_node(probe));
  const std::vector<FigureSpec> figures = figures_of(next);
  ChartLooks looks = chartLooks(adopted_, figures);
  QString last = behind;
  for (const FigureSpec& figure : figures) {
    const QString id = QString::fromStdString(figure.id);
    if (std::any_of(looks_.begin(), looks_.end(), [&](const ChartLook& look) { return look.id == id; })) continue;
    if (!last.isEmpty()) moveBehind(looks, id, last), last = id;
  }
  QJsonObject view = session_.view();
  const QJsonArray charts = writeLooks(looks, figures, adopted_);
  charts.isEmpty() ? view.remove(charts_key) : void(view[charts_key] = charts);
  if (const Issues issues = session_.change(withView(next, view), tr("add chart")); !issues.empty())
    emit session_.troubled(wording::sentences(issues));
}

void ChartGrid::showBehind(const Node& probe, const QString& behind) {
  Document alone = session_.document();
  alone.probes = {complete_node(probe)};
  const std::vector<FigureSpec> figures = figures_of(alone);  // the loss, and then the probe's own
  const QString id = figures.size() > 1 ? QString::fromStdString(figures[1].id) : QString();
  const bool known = std::any_of(looks_.begin(), looks_.end(), [&](const ChartLook& look) { return look.id == id; });
  known ? add(id, behind) : measure(probe, behind);
}

std::vector<const FigureSpec*> ChartGrid::removed() const {
  std::vector<const FigureSpec*> found;
  for (const ChartLook& look : looks_)
    for (const FigureSpec& spec : session_.figures())
      if (!look.shown && QString::fromStdString(spec.id) == look.id) found.push_back(&spec);
  return found;
}

void ChartGrid::showData(const ChartCard& card) {
  auto* table = new DataTable(card.figure(card.view()->pixelColumns()), this);
  table->setAttribute(Qt::WA_DeleteOnClose);
  table->show();
}

/// What is pointed at in one chart is shown in all that count the same.
void ChartGrid::point(const ChartCard* from, std::optional<double> x) {
  const QString axis = from->axisName();
  for (ChartCard* card : cards_)
    if (card != from) card->view()->setLinkedCursor(axis.isEmpty() || card->axisName() != axis ? std::nullopt : x);
}

ChartCard* ChartGrid::cardAt(const QPoint& on_screen) const {
  const QPoint at = floor_->mapFromGlobal(on_screen);
  for (ChartCard* card : cards_)
    if (card->isVisible() && card->geometry().contains(at)) return card;
  return nullptr;
}

void ChartGrid::carry(ChartCard* card, const QPoint& at) {
  if (maximised_) return;
  const QPoint here = floor_->mapFromGlobal(at);
  ensureVisible(here.x(), here.y(), 0, 24);
  const ChartCard* onto = cardAt(at);
  target_->setVisible(onto && onto != card);
  if (!onto) return;
  target_->setGeometry(onto->geometry());
  target_->raise();
}

void ChartGrid::drop(ChartCard* card, const QPoint& at, bool here) {
  target_->hide();
  ChartCard* onto = cardAt(at);
  if (here && onto && onto != card && !maximised_) exchange(card, onto);
}

}  // namespace kappa::ui
