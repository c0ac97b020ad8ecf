/// Builds editors for the scalars, whose ranges the core knows, and writes what they say into the document.
#include "ui/window/scalar_form.hpp"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/text_area.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

using spec::Part;

/// The core's field of that name, kept where `member` says.
template <class Get>
Scalar scalarOf(Part part, const char* id, Get member, int lines = 0) {
  using Kept = std::decay_t<decltype(member(std::declval<Document&>()))>;
  return {spec::field_of(part, id),
          [member](const Document& d) -> Value {
            if constexpr (std::is_same_v<Kept, std::uint64_t>)
              return static_cast<std::int64_t>(member(d));
            else
              return member(d);
          },
          [member](Document& d, const Value& v) {
            if constexpr (std::is_same_v<Kept, std::uint64_t>)
              member(d) = static_cast<std::uint64_t>(std::get<std::int64_t>(v));
            else
              member(d) = std::get<Kept>(v);
          },
          lines};
}

/// Names stand one on a line.
QString textOf(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return QString::fromStdString(*text);
  QStringList lines;
  for (const std::string& one : std::get<std::vector<std::string>>(value)) lines << QString::fromStdString(one);
  return lines.join(u'\n');
}

Value valueOf(const QString& text, const Field& field) {
  if (!std::holds_alternative<Names>(field.domain)) return text.trimmed().toStdString();
  std::vector<std::string> names;
  for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts))
    if (!line.trimmed().isEmpty()) names.push_back(line.trimmed().toStdString());
  return names;
}

}  // namespace

std::vector<Scalar> runScalars(bool descent) {
  std::vector<Scalar> all;
  if (descent)
    all.push_back(scalarOf(
        Part::descent, "steps", [](auto& d) -> auto& { return d.steps; }));
  all.push_back(scalarOf(
      Part::document, "seed", [](auto& d) -> auto& { return d.seed; }));
  all.push_back(scalarOf(
      Part::document, "repeats", [](auto& d) -> auto& { return d.repeats; }));
  if (!descent) return all;
  all.push_back(scalarOf(
      Part::stop, "loss_below", [](auto& d) -> auto& { return d.stop.loss_below; }));
  all.push_back(scalarOf(
      Part::stop, "diverged_above", [](auto& d) -> auto& { return d.stop.diverged_above; }));
  for (Scalar& one : all)  // rarely moved: a field is enough
    if (auto* range = std::get_if<Range>(&one.field.domain)) range->slider_hi = range->slider_lo;
  return all;
}

std::vector<Scalar> batchScalars() {
  return {scalarOf(
              Part::batch, "size", [](auto& d) -> auto& { return d.batch.size; }),
          scalarOf(
              Part::batch, "order", [](auto& d) -> auto& { return d.batch.order; })};
}

std::vector<Scalar> aboutScalars() {
  return {scalarOf(
              Part::document, "title", [](auto& d) -> auto& { return d.title; }, 1),
          scalarOf(
              Part::about, "question", [](auto& d) -> auto& { return d.about.question; }, 2),
          scalarOf(
              Part::about, "look_for", [](auto& d) -> auto& { return d.about.look_for; }, 2),
          scalarOf(
              Part::about, "papers", [](auto& d) -> auto& { return d.about.papers; }, 2),
          scalarOf(
              Part::about, "group", [](auto& d) -> auto& { return d.about.group; }),
          scalarOf(
              Part::document, "note", [](auto& d) -> auto& { return d.note; }, 3)};
}

ScalarForm::ScalarForm(Session& session, std::vector<Scalar> scalars, QWidget* parent)
    : QWidget(parent), session_(session), scalars_(std::move(scalars)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  for (std::size_t i = 0; i < scalars_.size(); ++i) {
    const Scalar& scalar = scalars_[i];
    editors_.push_back(nullptr);
    areas_.push_back(nullptr);
    if (scalar.lines > 0) {
      column->addWidget(makeArea(i));
      continue;
    }
    editors_[i] = new FieldEditor(
        scalar.field, scalar.get(session.document()), QString::fromStdString(scalar.field.id),
        [this, i](const FieldEdit& e) { return edit(i, e.value); }, false, this);
    column->addWidget(editors_[i]);
  }
  connect(&session, &Session::documentChanged, this, &ScalarForm::showDocument);
}

QWidget* ScalarForm::makeArea(std::size_t index) {
  const Scalar& scalar = scalars_[index];
  auto* whole = new QWidget(this);
  auto* column = new QVBoxLayout(whole);
  column->setContentsMargins(0, 2, 0, 4);
  column->setSpacing(2);
  auto* name = new QLabel(wording::labelOf(scalar.field));
  auto* area = new TextArea(scalar.lines);
  const bool listed = std::holds_alternative<Names>(scalar.field.domain);
  area->setToolTip(listed ? tr("%1 One on a line.").arg(wording::helpOf(scalar.field)) : wording::helpOf(scalar.field));
  area->setAccessibleName(name->text());
  area->setAccessibleDescription(area->toolTip());
  name->setBuddy(area);
  area->setShown(textOf(scalar.get(session_.document())));
  connect(area, &TextArea::finished, this,
          [this, index](const QString& text) { edit(index, valueOf(text, scalars_[index].field)); });
  column->addWidget(name);
  column->addWidget(area);
  areas_[index] = area;
  return whole;
}

void ScalarForm::showDocument() {
  for (std::size_t i = 0; i < scalars_.size(); ++i) {
    const Value now = scalars_[i].get(session_.document());
    if (editors_[i]) editors_[i]->setValue(now);
    if (areas_[i]) areas_[i]->setShown(textOf(now));
  }
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
  for (std::size_t i = 0; i < scalars_.size(); ++i)
    if (scalars_[i].field.id == id) return editors_[i];
  return nullptr;
}

TextArea* ScalarForm::area(std::string_view id) const {
  for (std::size_t i = 0; i < scalars_.size(); ++i)
    if (scalars_[i].field.id == id) return areas_[i];
  return nullptr;
}

}  // namespace kappa::ui
