/// One small function for each domain.
#include "ui/forms/field_control.hpp"

#include <QLineEdit>
#include <cmath>

#include "ui/forms/choice_field.hpp"
#include "ui/forms/data_field.hpp"
#include "ui/forms/flag_field.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/forms/value_slider.hpp"
#include "ui/forms/wording.hpp"

namespace kappa::ui {
namespace {

constexpr int wide = 136;
constexpr std::int64_t largest_whole = std::int64_t{1} << 53;
using Changed = std::function<void(const Value&)>;

QString joined(const std::vector<double>& numbers) {
  QStringList parts;
  for (const double number : numbers) parts << NumberText::shortest(number);
  return parts.join(QStringLiteral(", "));
}

QString joined(const std::vector<std::string>& names) {
  QStringList parts;
  for (const std::string& name : names) {
    const QString plain = QString::fromStdString(name);
    parts << (plain.contains(u',') || plain.contains(u';') ? u'"' + plain + u'"' : plain);
  }
  return parts.join(QStringLiteral(", "));
}

/// Pieces between commas or semicolons; what stands in quotation marks is one piece.
QStringList pieces(const QString& text) {
  QStringList parts{QString()};
  bool quoted = false;
  for (const QChar letter : text) {
    if (letter == u'"')
      quoted = !quoted;
    else if (!quoted && (letter == u',' || letter == u';'))
      parts << QString();
    else
      parts.back() += letter;
  }
  for (QString& part : parts) part = part.trimmed();
  parts.removeAll(QString());
  return parts;
}

struct Maker {
  const Field& field;
  const Changed& changed;
  QWidget* parent;

  FieldControl number(const NumberRange& range, bool whole) const {
    auto* edit = new NumberField(range, parent);
    const auto value = [whole](std::optional<double> number) -> Value {
      if (!number) return std::string("auto");
      if (whole) return static_cast<std::int64_t>(std::llround(*number));
      return *number;
    };
    QObject::connect(edit, &NumberField::valueChanged, edit,
                     [value, tell = changed](std::optional<double> number) { tell(value(number)); });
    const auto set = [edit](const Value& v) {
      std::optional<double> now;
      if (const auto* d = std::get_if<double>(&v)) now = *d;
      if (const auto* i = std::get_if<std::int64_t>(&v)) now = static_cast<double>(*i);
      if (edit->value() != now || !edit->problem().isEmpty()) edit->setValue(now);
    };
    return {edit, nullptr, set, [edit, value] { return value(edit->value()); }};
  }

  FieldControl operator()(const Range& r) const {
    FieldControl control = number({.lo = r.lo, .hi = r.hi, .log = r.log, .automatic = r.automatic}, false);
    const double lo = r.slider_lo, hi = r.slider_hi;
    if (r.automatic || !(hi > lo) || hi - lo > 1e30 || (r.log && hi > 1e18 * std::max(lo, 1e-12))) return control;
    control.slider = new ValueSlider({.lo = lo, .hi = hi, .log = r.log && lo > 0}, parent);
    return control;
  }

  FieldControl operator()(const Count& c) const {
    return number({.lo = static_cast<double>(c.lo),
                   .hi = static_cast<double>(std::min(c.hi, largest_whole)),
                   .log = c.log,
                   .integer = true,
                   .automatic = c.automatic},
                  true);
  }

  FieldControl operator()(const Flag&) const {
    auto* edit = new FlagField(parent);
    QObject::connect(edit, &FlagField::clicked, edit, [tell = changed](bool on) { tell(on); });
    return {edit, nullptr,
            [edit](const Value& v) { edit->setChecked(std::holds_alternative<bool>(v) && std::get<bool>(v)); },
            [edit] { return Value(edit->isChecked()); }};
  }

  FieldControl operator()(const Choices& c) const {
    auto* edit = new ChoiceField(parent);
    QList<ChoiceItem> items;
    for (const std::string& name : c.names) items << ChoiceItem{QString::fromStdString(name), wording::option(name)};
    edit->setChoices(items);
    QObject::connect(edit, &ChoiceField::chosen, edit, [tell = changed](const QString& id) { tell(id.toStdString()); });
    const auto set = [edit](const Value& v) {
      if (const auto* name = std::get_if<std::string>(&v)) edit->choose(QString::fromStdString(*name));
    };
    return {edit, nullptr, set, [edit] { return Value(edit->chosenId().toStdString()); }};
  }

  /// A line of text that is told when it is finished; `read` gives nothing for text it refuses.
  template <class Read, class Write>
  FieldControl line(Read read, Write write) const {
    auto* edit = new QLineEdit(parent);
    edit->setFixedWidth(wide);
    const auto last = std::make_shared<Value>(field.initial);
    QObject::connect(edit, &QLineEdit::editingFinished, edit, [edit, read, last, tell = changed] {
      const Value now = read(edit->text());
      if (equal(now, *last)) return;
      *last = now;
      tell(now);
    });
    const auto set = [edit, write, last](const Value& v) {
      *last = v;
      if (const QString text = write(v); text != edit->text()) {
        edit->setText(text);
        edit->setCursorPosition(0);
      }
    };
    return {edit, nullptr, set, [last, edit, read] { return edit->isModified() ? read(edit->text()) : *last; }};
  }

  /// Takes effect as it is typed, as soon as it can be read; what cannot be read is told when the line is finished,
  /// with the cursor put where the trouble is.
  FieldControl formula() const {
    auto* edit = new QLineEdit(parent);
    const auto last = std::make_shared<Value>(field.initial);
    const auto tell_new = [last, tell = changed](const Value& now) {
      if (equal(now, *last)) return;
      *last = now;
      tell(now);
    };
    QObject::connect(edit, &QLineEdit::textEdited, edit, [tell_new, own = field](const QString& text) {
      if (const Value now = text.trimmed().toStdString(); !refusal(own, now)) tell_new(now);
    });
    QObject::connect(edit, &QLineEdit::editingFinished, edit, [edit, last, own = field, tell = changed] {
      const QString text = edit->text().trimmed();  // blanks at the ends are nobody's formula
      const Value now = text.toStdString();
      if (edit->text() != text) edit->setText(text);
      if (equal(now, *last)) return;
      tell(now);
      static const QRegularExpression column(QStringLiteral("column ([0-9]+)"));
      const auto wrong = refusal(own, now);
      if (const auto found = column.match(QString::fromStdString(wrong.value_or(""))); found.hasMatch())
        edit->setCursorPosition(found.captured(1).toInt() - 1);
    });
    const auto set = [edit, last](const Value& v) {
      if (!std::holds_alternative<std::string>(v) || equal(v, *last)) return;
      *last = v;
      edit->setText(QString::fromStdString(std::get<std::string>(v)));
      edit->setCursorPosition(0);
    };
    edit->setText(QString::fromStdString(std::get<std::string>(field.initial)));
    return {edit, nullptr, set, [last] { return *last; }};
  }

  FieldControl operator()(const Text& domain) const {
    if (domain.refuse) return formula();
    return line([](const QString& text) { return Value(text.toStdString()); },
                [](const Value& v) {
                  return QString::fromStdString(std::holds_alternative<std::string>(v) ? std::get<std::string>(v) : "");
                });
  }
  FieldControl operator()(const FilePath&) const { return (*this)(Text{}); }

  FieldControl operator()(const Many&) const {
    const auto read = [](const QString& text) -> Value {
      std::vector<double> numbers;
      for (const QString& piece : pieces(text)) numbers.push_back(NumberText::parse(piece).value_or(std::nan("")));
      return numbers;
    };
    return line(read, [](const Value& v) {
      return std::holds_alternative<std::vector<double>>(v) ? joined(std::get<std::vector<double>>(v)) : QString();
    });
  }
  FieldControl operator()(const Names&) const {
    const auto read = [](const QString& text) -> Value {
      std::vector<std::string> names;
      for (const QString& piece : pieces(text)) names.push_back(piece.toStdString());
      return names;
    };
    return line(read, [](const Value& v) {
      return std::holds_alternative<std::vector<std::string>>(v) ? joined(std::get<std::vector<std::string>>(v))
                                                                 : QString();
    });
  }

  FieldControl operator()(const DataSource&) const {
    auto* edit = new DataField(parent);
    QObject::connect(edit, &DataField::changed, edit, [edit, tell = changed] { tell(edit->value()); });
    return {
        edit, nullptr,
        [edit](const Value& v) { edit->setValue(std::holds_alternative<NodePtr>(v) ? std::get<NodePtr>(v) : nullptr); },
        [edit] { return Value(edit->value()); }};
  }
  FieldControl operator()(const Slot&) const { return {}; }  // a form of its own, made by the editor of the field
};

}  // namespace

FieldControl makeControl(const Field& field, const Changed& changed, QWidget* parent) {
  return std::visit(Maker{field, changed, parent}, field.domain);
}

}  // namespace kappa::ui
