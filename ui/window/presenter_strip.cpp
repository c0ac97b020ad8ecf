/// Mirrors fields of the setup panel in large type; an edit here is an edit there.
#include "ui/window/presenter_strip.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonObject>
#include <QPainter>
#include <algorithm>

#include "ui/forms/choice_field.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/lessons/lesson_locks.hpp"
#include "ui/runs/run_form.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui {
namespace {

constexpr auto kPinned = "pinned";
constexpr int most_controls = 6;

QString pointerTo(const char* head, const FieldEditor& editor) {
  return QLatin1String(head) + QString::fromStdString(editor.field().id);
}

}  // namespace

PresenterStrip::PresenterStrip(Session& session, SetupPanel& setup, const AppTheme& theme, QWidget* parent)
    : QFrame(parent),
      session_(session),
      setup_(setup),
      theme_(theme),
      runs_(new ChoiceField),
      row_(new QHBoxLayout(this)) {
  setProperty("role", "bar");
  setAccessibleName(tr("Chosen controls"));
  row_->setContentsMargins(16, 8, 16, 4);
  row_->setSpacing(24);
  runs_->setAccessibleName(tr("Run whose controls are shown"));
  row_->addWidget(runs_, 0, Qt::AlignVCenter);
  row_->addStretch(1);
  connect(runs_, &ChoiceField::chosen, this,
          [this] { session_.chooseRun(static_cast<std::size_t>(std::max(0, runs_->currentIndex()))); });
  connect(&session, &Session::documentChanged, this, &PresenterStrip::follow);
  connect(&session, &Session::viewChanged, this, &PresenterStrip::follow);
  connect(&session, &Session::locksChanged, this, &PresenterStrip::follow);
  hide();
  follow();
}

void PresenterStrip::setActive(bool on) {
  active_ = on;
  follow();
}

QStringList PresenterStrip::pinned() const {
  QStringList all;
  for (const QJsonValue& pin : session_.view().value(QLatin1String(kPinned)).toArray()) all << pin.toString();
  return all;
}

/// A tick in the menu of each row of the problem: keep it in sight while presenting.
void PresenterStrip::offerPins() {
  const QStringList pins = pinned();
  for (FieldEditor* editor : setup_.problemForm()->editors()) {
    if (!editor->row()) continue;
    const QString pointer = pointerTo("/problem/", *editor);
    auto* pin = editor->row()->findChild<QAction*>(QStringLiteral("pin"));
    if (!pin) {
      pin = new QAction(tr("Keep in sight while presenting"), editor->row());
      pin->setObjectName(QStringLiteral("pin"));
      pin->setCheckable(true);
      editor->row()->addAction(pin);
      connect(pin, &QAction::triggered, this, [this, pointer](bool on) {
        QStringList next = pinned();
        next.removeAll(pointer);
        if (on) next << pointer;
        session_.setView(QLatin1String(kPinned),
                         next.isEmpty() ? QJsonValue() : QJsonValue(QJsonArray::fromStringList(next)),
                         on ? tr("keep in sight") : tr("let go"));
      });
    }
    pin->setChecked(pins.contains(pointer));
  }
}

std::vector<PresenterStrip::Control> PresenterStrip::wanted() const {
  std::vector<Control> all;
  const QStringList pins = pinned();
  for (FieldEditor* editor : setup_.problemForm()->editors())
    if (editor->row() && pins.contains(pointerTo("/problem/", *editor)))
      all.push_back({pointerTo("/problem/", *editor), editor});
  if (!session_.countsSteps()) return all;
  const QString head = QStringLiteral("/runs/%1/optimizer/").arg(session_.chosenRun());
  for (FieldEditor* editor : setup_.runForm()->form()->editors())
    if (editor->row() && editor->field().live && editor->row()->numberField() && all.size() < most_controls)
      all.push_back({head + QString::fromStdString(editor->field().id), editor});
  return all;
}

void PresenterStrip::follow() {
  offerPins();
  setVisible(active_ && session_.countsSteps());
  if (!active_) return;
  const auto& runs = session_.document().runs;
  QList<ChoiceItem> items;
  bool same = runs_->count() == static_cast<int>(runs.size());
  int widest = 0;
  for (const RunSpec& run : runs) {
    const QString label = QString::fromStdString(run.label);
    same = same && runs_->itemText(static_cast<int>(items.size())) == label;
    widest = std::max(widest, QFontMetrics(font()).horizontalAdvance(label));
    items << ChoiceItem{label, label};
  }
  if (!same) runs_->setChoices(items);
  runs_->setFixedWidth(std::clamp(widest + 36, 80, std::max(80, width() / 3)));
  runs_->setCurrentIndex(static_cast<int>(session_.chosenRun()));
  runs_->setVisible(items.size() > 1);
  const std::vector<Control> controls = wanted();
  QStringList keys;
  for (const Control& control : controls)
    keys << control.pointer + QString::fromStdString(control.original->field().help);
  if (keys != shown_) {
    build(controls);
    shown_ = keys;
  }
  for (std::size_t i = 0; i < controls.size(); ++i) {
    if (editors_[i]->fits(controls[i].original->value())) editors_[i]->setValue(controls[i].original->value());
    editors_[i]->setEnabled(!isLocked(session_.locks(), controls[i].pointer));
  }
  fit();
}

void PresenterStrip::build(const std::vector<Control>& controls) {
  for (FieldEditor* old : editors_) {
    old->hide();
    old->deleteLater();
  }
  editors_.clear();
  for (const Control& control : controls) {
    Field field = control.original->field();
    field.schedulable = false;  // a number or nothing: there is no room for the parts of a schedule
    field.live = false;
    const EditSink sink = [this, pointer = control.pointer](const FieldEdit& edit) -> QString {
      for (const Control& now : wanted())
        if (now.pointer == pointer) {
          now.original->enter(edit.value);
          const NumberField* number = now.original->row()->numberField();
          return number ? number->problem() : QString();
        }
      return {};
    };
    editors_.push_back(new FieldEditor(field, control.original->value(), control.pointer, sink, false, this));
    row_->insertWidget(row_->count() - 1, editors_.back(), 2);
  }
}

/// As many as there is room for, the first ones first.
void PresenterStrip::fit() {
  const int each = 20 * QFontMetrics(font()).averageCharWidth();
  int room = width() - 32 - (runs_->isHidden() ? 0 : runs_->sizeHint().width() + 24);
  for (FieldEditor* editor : editors_) {
    room -= std::max(each, editor->minimumSizeHint().width()) + 24;
    editor->setVisible(room > -24 || editor == editors_.front());
  }
}

void PresenterStrip::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  fit();
}

void PresenterStrip::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  QPainter painter(this);
  painter.fillRect(0, 0, width(), 1, toColour(theme_.tokens().line));
}

}  // namespace kappa::ui
