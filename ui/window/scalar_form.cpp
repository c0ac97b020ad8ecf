/// Builds editors for the scalars and writes what they say into the document.
#include "ui/window/scalar_form.hpp"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/wording.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

constexpr std::int64_t most = 1'000'000'000, greatest_seed = std::int64_t{1} << 53;

template <class Get>
Scalar whole(std::string id, std::string symbol, std::string help, std::int64_t lo, std::int64_t hi, Get member) {
  const Document fresh;
  return {{.id = std::move(id),
           .symbol = std::move(symbol),
           .help = std::move(help),
           .domain = count(lo, hi),
           .initial = static_cast<std::int64_t>(member(fresh))},
          [member](const Document& d) -> Value { return static_cast<std::int64_t>(member(d)); },
          [member](Document& d, const Value& v) { member(d) = static_cast<std::uint64_t>(std::get<std::int64_t>(v)); }};
}

Scalar threshold(std::string id, std::string help, double lo, double hi, double StopSpec::*member) {
  return {{.id = std::move(id),
           .help = std::move(help),
           .domain = Range{.lo = 0, .hi = 1.7e308, .log = true, .slider_lo = lo, .slider_hi = hi},
           .initial = StopSpec{}.*member},
          [member](const Document& d) -> Value { return d.stop.*member; },
          [member](Document& d, const Value& v) { d.stop.*member = std::get<double>(v); }};
}

}  // namespace

std::vector<Scalar> runScalars(bool descent) {
  std::vector<Scalar> all;
  if (descent)
    all.push_back(whole(
        "steps", "", "updates of each run; the T of schedules", 0, most, [](auto& d) -> auto& { return d.steps; }));
  all.push_back(whole(
      "seed", "", "decides everything random", 0, greatest_seed, [](auto& d) -> auto& { return d.seed; }));
  all.push_back(whole(
      "repeats", "", "independent seeds; charts show the median and the 10-90 % band", 1, 10'000,
      [](auto& d) -> auto& { return d.repeats; }));
  if (!descent) return all;
  all.push_back(
      threshold("loss_below", "a run has reached its goal below this loss; 0: never", 0, 0, &StopSpec::loss_below));
  all.push_back(threshold("diverged_above", "a run has diverged above this loss", 0, 0, &StopSpec::diverged_above));
  return all;
}

std::vector<Scalar> batchScalars() {
  std::vector<std::string> orders;
  for (const std::string_view id : Catalog::get().ids(Kind::order)) orders.emplace_back(id);
  std::vector<Scalar> all;
  all.push_back(whole(
      "size", "b", "rows of the data that each step sees; 0: all of them", 0, greatest_seed,
      [](auto& d) -> auto& { return d.batch.size; }));
  all.push_back({{.id = "order", .help = "how rows are drawn", .domain = choices(orders), .initial = BatchSpec{}.order},
                 [](const Document& d) -> Value { return d.batch.order; },
                 [](Document& d, const Value& v) { d.batch.order = std::get<std::string>(v); }});
  return all;
}

std::vector<Scalar> aboutScalars() {
  const auto line = [](std::string id, std::string help, auto member) -> Scalar {
    return {{.id = std::move(id), .help = std::move(help), .domain = Text{}, .initial = std::string()},
            [member](const Document& d) -> Value { return member(d); },
            [member](Document& d, const Value& v) { member(d) = std::get<std::string>(v); }};
  };
  return {line(
              "title", "one line above everything", [](auto& d) -> auto& { return d.title; }),
          line(
              "question", "the question this experiment asks", [](auto& d) -> auto& { return d.about.question; }),
          line(
              "look_for", "what to watch", [](auto& d) -> auto& { return d.about.look_for; }),
          line(
              "note", "free text", [](auto& d) -> auto& { return d.note; })};
}

ScalarForm::ScalarForm(Session& session, std::vector<Scalar> scalars, QWidget* parent)
    : QWidget(parent), session_(session), scalars_(std::move(scalars)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  for (std::size_t i = 0; i < scalars_.size(); ++i) {
    const Scalar& scalar = scalars_[i];
    auto* editor = new FieldEditor(
        scalar.field, scalar.get(session.document()), QString::fromStdString(scalar.field.id),
        [this, i](const FieldEdit& e) { return edit(i, e.value); }, false, this);
    column->addWidget(editor);
    editors_.push_back(editor);
  }
  connect(&session, &Session::documentChanged, this, &ScalarForm::showDocument);
}

void ScalarForm::showDocument() {
  for (std::size_t i = 0; i < editors_.size(); ++i) editors_[i]->setValue(scalars_[i].get(session_.document()));
}

QString ScalarForm::edit(std::size_t index, const Value& value) {
  Document next = session_.document();
  scalars_[index].set(next, value);
  const std::string& id = scalars_[index].field.id;
  const Issues issues = session_.change(next, tr("change %1").arg(wording::named(id).toLower()),
                                        QString::fromStdString("document " + id));
  return issues.empty() ? QString() : wording::sentence(issues.front());
}

FieldEditor* ScalarForm::editor(std::string_view id) const {
  const auto it =
      std::find_if(editors_.begin(), editors_.end(), [&](const FieldEditor* e) { return e->field().id == id; });
  return it == editors_.end() ? nullptr : *it;
}

}  // namespace kappa::ui
