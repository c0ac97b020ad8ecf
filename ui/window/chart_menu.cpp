/// Made when the menu opens, so that it always says what is so.
#include "ui/window/chart_menu.hpp"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <algorithm>

#include "ui/charts/chart_view.hpp"
#include "ui/runs/view_keys.hpp"
#include "ui/session.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"

namespace kappa::ui::chart_menu {
namespace {

QString said(const char* text) { return QCoreApplication::translate("chart_menu", text); }

/// Entries that exclude each other.
class Choice {
 public:
  explicit Choice(QMenu* menu) : menu_(menu), group_(new QActionGroup(menu)) {}
  void add(const QString& text, bool now, std::function<void()> choose) {
    QAction* one = menu_->addAction(text, menu_, std::move(choose));
    one->setCheckable(true);
    one->setChecked(now);
    group_->addAction(one);
  }

 private:
  QMenu* menu_;
  QActionGroup* group_;
};

class CardMenu {
 public:
  CardMenu(QMenu& menu, ChartCard& card, ChartGrid& grid, Session& session)
      : menu_(menu), card_(card), grid_(grid), session_(session) {}

  void fill() {
    menu_.clear();
    const bool alone = grid_.maximised() == &card_;
    QAction* whole =
        menu_.addAction(alone ? said("Back to all charts") : said("Maximise"), &card_, &ChartCard::maximiseRequested);
    whole->setToolTip(said("Double click the title, or press Enter on the plot"));
    addZoom();
    menu_.addSeparator();
    addScales();
    addForm();
    addSmoothing();
    addAgainst();
    menu_.addSeparator();
    addPlace();
    menu_.addSeparator();
    menu_.addAction(said("Data as a table…"), &grid_,
                    [this_card = &card_, &grid = grid_] { grid.showData(*this_card); });
    menu_.addAction(said("Copy picture"), &card_, &ChartCard::copyRequested);
    menu_.addAction(said("Export this chart…"), &card_, &ChartCard::exportRequested);
  }

 private:
  FigureForm form() const { return card_.spec().form; }
  bool overTime() const { return form() == FigureForm::spectrum_over_time; }

  /// An entry that changes the card's look.
  void change(QMenu* menu, const QString& text, bool on, const QString& step, std::function<void(ChartLook&)> edit) {
    QAction* action = menu->addAction(text, &grid_, changer(step, std::move(edit)));
    action->setCheckable(true);
    action->setChecked(on);
  }
  std::function<void()> changer(const QString& step, std::function<void(ChartLook&)> edit) {
    return [&grid = grid_, &card = card_, step, edit = std::move(edit)] {
      ChartLook look = card.look();
      edit(look);
      grid.setLook(look, step);
    };
  }

  void addZoom() {
    QMenu* zoom = menu_.addMenu(said("Zoom"));
    zoom->menuAction()->setToolTip(ChartView::wheelHelp());
    QAction* back = zoom->addAction(said("Back"), &card_, &ChartCard::zoomBack);
    back->setEnabled(card_.canZoomBack());
    QAction* forward = zoom->addAction(said("Forward"), &card_, &ChartCard::zoomForward);
    forward->setEnabled(card_.canZoomForward());
    QAction* all = zoom->addAction(said("Show everything"), &card_, [&card = card_] { card.zoomTo({}); });
    all->setEnabled(!card_.zoom().whole());
    // The keys are the plot's own; here they are only told.
    back->setText(back->text() + QStringLiteral("\tBackspace"));
    forward->setText(forward->text() + QStringLiteral("\tShift+Backspace"));
    all->setText(all->text() + QStringLiteral("\t0"));
  }

  void addScales() {
    const FigureSpec spec = withLook(card_.spec(), card_.look());
    const auto flip = [](Scale scale) { return scale == Scale::log ? Scale::linear : Scale::log; };
    const bool has_x = form() == FigureForm::series || form() == FigureForm::curve || form() == FigureForm::heat;
    const bool heat = overTime() && card_.look().form != QStringLiteral("lines");
    if (form() != FigureForm::plane && form() != FigureForm::heat && !heat)
      change(&menu_, said("Logarithmic values"), spec.y_scale == Scale::log, said("scale of a chart"),
             [to = flip(spec.y_scale)](ChartLook& look) { look.y = to; });
    if (has_x)
      change(&menu_, said("Logarithmic along x"), spec.x_scale == Scale::log, said("scale of a chart"),
             [to = flip(spec.x_scale)](ChartLook& look) { look.x = to; });
  }

  void addForm() {
    const ChartLook& look = card_.look();
    const QString step = said("form of a chart");
    const auto choose = [&](Choice& choice, const QString& text, const QString& name, bool now) {
      choice.add(text, now, changer(step, [name](ChartLook& l) { l.form = name; }));
    };
    if (overTime()) {
      QMenu* drawn = menu_.addMenu(said("Drawn as"));
      Choice choice(drawn);
      const bool lines = look.form == QStringLiteral("lines");
      choose(choice, said("Heat map"), {}, !lines);
      choose(choice, said("A line for each value"), QStringLiteral("lines"), lines);
      return;
    }
    if (form() == FigureForm::spectrum) {
      QMenu* drawn = menu_.addMenu(said("Drawn as"));
      Choice choice(drawn);
      const bool points = look.form == QStringLiteral("points");
      choose(choice, said("Bars of the chosen run"), {}, !points);
      choose(choice, said("Points of all runs"), QStringLiteral("points"), points);
      change(&menu_, said("Behind it: the start"), look.start, said("ghost of a chart"),
             [](ChartLook& l) { l.start = !l.start; });
      addUpdate();
    }
    if (form() != FigureForm::plane)
      change(&menu_, form() == FigureForm::spectrum ? said("Behind it: truth or theory") : said("Theory"), look.theory,
             said("theory of a chart"), [](ChartLook& l) { l.theory = !l.theory; });
  }

  /// Weights and what moves them, side by side.
  void addUpdate() {
    const auto& probes = session_.document().probes;
    const auto weights = std::find_if(probes.begin(), probes.end(), [&](const Node& probe) {
      const auto of = probe.params.find("of");
      return probe.id == "singular_values" && of != probe.params.end() &&
             equal(of->second, Value(std::string("parameters")));
    });
    const bool here = !card_.spec().names.empty() && card_.spec().names.front().starts_with("singular_values");
    if (!here || weights == probes.end()) return;
    Node update = *weights;
    update.params["of"] = std::string("update");
    menu_.addAction(said("The update's spectrum beside it"), &grid_,
                    [&grid = grid_, update, id = card_.look().id] { grid.showBehind(update, id); });
  }

  void addSmoothing() {
    if (form() != FigureForm::series) return;
    QMenu* smooth = menu_.addMenu(said("Smoothing over the raw curves"));
    const ChartLook& look = card_.look();
    const QString step = said("smoothing of a chart");
    Choice choice(smooth);
    choice.add(said("None"), look.smoothing < 2,
               changer(
                   step, [](ChartLook& l) { l.smoothing = 0; }));
    for (const bool mean : {false, true}) {
      smooth->addSeparator();
      for (const int window : {5, 21, 101, 501}) {
        const QString text = mean ? said("Moving mean of %1 points") : said("Moving median of %1 points");
        choice.add(text.arg(window), look.smoothing == window && look.mean == mean,
                   changer(step, [=](ChartLook& l) { l.smoothing = window, l.mean = mean; }));
      }
    }
  }

  void addAgainst() {
    if (form() != FigureForm::series || !session_.countsSteps()) return;
    QMenu* against = menu_.addMenu(said("All charts against"));
    Choice choice(against);
    for (const CountBy unit : counted_along)
      choice.add(titleOf(unit), session_.countBy() == unit, [&session = session_, unit] { session.setCountBy(unit); });
  }

  void addPlace() {
    const auto& cards = grid_.cards();
    const auto at = std::find(cards.begin(), cards.end(), &card_) - cards.begin();
    QAction* left =
        menu_.addAction(said("Move left"), &grid_, [&grid = grid_, &card = card_] { grid.move(&card, -1); });
    left->setEnabled(at > 0);
    QAction* right =
        menu_.addAction(said("Move right"), &grid_, [&grid = grid_, &card = card_] { grid.move(&card, 1); });
    right->setEnabled(at + 1 < static_cast<std::ptrdiff_t>(cards.size()));
    change(&menu_, said("Full width"), card_.look().span == 2, said("width of a chart"),
           [](ChartLook& l) { l.span = l.span == 2 ? 0 : 2; });
    fillAdd(*menu_.addMenu(said("Add chart")), grid_, session_, &card_);
    menu_.addAction(said("Remove this chart"), &grid_, [&grid = grid_, &card = card_] { grid.remove(&card); });
  }

  QMenu& menu_;
  ChartCard& card_;
  ChartGrid& grid_;
  Session& session_;
};

struct Candidate {
  Node probe;
  QString title;
};

bool measured(const Document& document, const Node& probe) {
  const Node wanted = complete_node(probe);
  return std::any_of(document.probes.begin(), document.probes.end(), [&](const Node& one) {
    const Node known = complete_node(one);
    const auto of = wanted.params.find("of"), other = known.params.find("of");
    return known.id == wanted.id &&
           (of == wanted.params.end() || other == known.params.end() || equal(of->second, other->second));
  });
}

/// Every probe the document does not have; one for each kind of matrix where a probe can look at several.
std::vector<Candidate> candidates(const Document& document) {
  std::vector<Candidate> found;
  for (const Entry& entry : Catalog::get().all(Kind::probe)) {
    if (entry.id == "loss") continue;
    const QString title = QString::fromStdString(entry.card.title);
    const auto of = std::find_if(entry.fields.begin(), entry.fields.end(), [](const Field& f) { return f.id == "of"; });
    const auto* choices = of == entry.fields.end() ? nullptr : std::get_if<Choices>(&of->domain);
    const auto offer = [&](Node probe, const QString& name) {
      if (!measured(document, probe)) found.push_back({std::move(probe), name});
    };
    if (!choices || entry.card.form != FigureForm::spectrum) {
      offer({Kind::probe, entry.id, {}}, title);
      continue;
    }
    for (const std::string& one : choices->names)
      offer({Kind::probe, entry.id, {{"of", one}}}, said("%1 of the %2").arg(title, QString::fromStdString(one)));
  }
  return found;
}

}  // namespace

void fill(QMenu& menu, ChartCard& card, ChartGrid& grid, Session& session) {
  menu.setToolTipsVisible(true);
  CardMenu(menu, card, grid, session).fill();
}

void fillAdd(QMenu& menu, ChartGrid& grid, Session& session, ChartCard* after) {
  menu.setToolTipsVisible(true);
  const QString behind = after ? after->look().id : QString();
  for (const FigureSpec* spec : grid.removed())
    menu.addAction(QString::fromStdString(spec->title), &grid,
                   [&grid, id = QString::fromStdString(spec->id), behind] { grid.add(id, behind); });
  if (!session.countsSteps()) {
    if (menu.isEmpty()) menu.addAction(said("All charts are shown"))->setEnabled(false);
    return;
  }
  if (!menu.isEmpty()) menu.addSeparator();
  for (Candidate& one : candidates(session.document())) {
    const Entry* entry = Catalog::get().find(Kind::probe, one.probe.id);
    QAction* action = menu.addAction(said("Measure %1").arg(one.title), &grid,
                                     [&grid, probe = std::move(one.probe), behind] { grid.measure(probe, behind); });
    if (entry) action->setToolTip(QString::fromStdString(entry->card.idea));
  }
}

}  // namespace kappa::ui::chart_menu
