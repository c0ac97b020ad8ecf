/// Writes HTML that is also well-formed XML.
#include "ui/exports/report_text.hpp"

#include <QCoreApplication>
#include <QRegularExpression>

#include "ui/forms/number_text.hpp"
#include "ui/forms/wording.hpp"

namespace kappa::ui::report {
namespace {

QString shown(const char* text) { return QCoreApplication::translate("Report", text); }

bool isRead(const Node& node, const Field& field) {
  if (!field.when) return true;
  const auto other = node.params.find(field.when->field);
  if (other == node.params.end()) return true;
  const auto* flag = std::get_if<bool>(&other->second);
  const auto* word = std::get_if<std::string>(&other->second);
  const std::string now = flag ? (*flag ? "true" : "false") : word ? *word : "";
  const auto& values = field.when->values;
  return std::find(values.begin(), values.end(), now) != values.end();
}

template <class Take>
void eachSetting(const Node& node, Take take) {
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  for (const Field& field : entry ? entry->fields : std::vector<Field>{}) {
    const auto given = node.params.find(field.id);
    if (given != node.params.end() && isRead(node, field)) take(field, given->second);
  }
}

template <class Item, class Text>
QString listOf(const std::vector<Item>& items, Text text) {
  constexpr std::size_t most = 8;
  QStringList parts;
  for (std::size_t i = 0; i < std::min(items.size(), most); ++i) parts << text(items[i]);
  if (items.size() > most) parts << shown("… %1 in all").arg(items.size());
  return parts.join(QStringLiteral(", "));
}

const QRegularExpression& colourPattern() {
  static const QRegularExpression pattern(QStringLiteral("\\b(fill|stroke)=\"(#[0-9a-f]{6})\""));
  return pattern;
}

}  // namespace

/// What XML forbids is left out.
QString escaped(const QString& text) {
  QString out = text.toHtmlEscaped();
  out.removeIf(
      [](QChar c) { return (c < u' ' && c != u'\n' && c != u'\t') || c == QChar(0xFFFE) || c == QChar(0xFFFF); });
  return out;
}

QString escaped(const std::string& text) { return escaped(QString::fromStdString(text)); }

QString element(const char* name, const QString& inside) {
  return inside.isEmpty() ? QString() : QStringLiteral("<%1>%2</%1>\n").arg(QLatin1String(name), inside);
}

QString table(const QStringList& head, const QList<QStringList>& rows) {
  if (rows.isEmpty()) return {};
  QString out = QStringLiteral("<table>\n");
  if (!head.isEmpty()) {
    out += QStringLiteral("<thead><tr>");
    for (const QString& cell : head) out += QStringLiteral("<th scope=\"col\">") + cell + QStringLiteral("</th>");
    out += QStringLiteral("</tr></thead>\n");
  }
  out += QStringLiteral("<tbody>\n");
  for (const QStringList& row : rows) {
    out += QStringLiteral("<tr>");
    for (int i = 0; i < row.size(); ++i)
      out += (i == 0 ? QStringLiteral("<th scope=\"row\">%1</th>") : QStringLiteral("<td>%1</td>")).arg(row[i]);
    out += QStringLiteral("</tr>\n");
  }
  return out + QStringLiteral("</tbody>\n</table>\n");
}

QString titleOf(const Node& node) {
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  return entry ? QString::fromStdString(entry->card.title) : QString::fromStdString(node.id);
}

QString valueText(const Value& value) {
  struct Visitor {
    QString operator()(bool v) const { return v ? shown("yes") : shown("no"); }
    QString operator()(std::int64_t v) const { return QString::number(v); }
    QString operator()(double v) const { return NumberText::shortest(v); }
    QString operator()(const std::string& v) const { return wording::choice(v); }
    QString operator()(const std::vector<double>& v) const { return listOf(v, NumberText::shortest); }
    QString operator()(const std::vector<std::string>& v) const {
      return listOf(v, [](const std::string& s) { return QString::fromStdString(s); });
    }
    QString operator()(const NodePtr& v) const {
      if (!v) return {};
      const QString inside = settingsLine(*v);
      return inside.isEmpty() ? titleOf(*v) : shown("%1 (%2)").arg(titleOf(*v), inside);
    }
  };
  return std::visit(Visitor{}, value);
}

QString settingsLine(const Node& node) {
  QStringList parts;
  eachSetting(node, [&](const Field& field, const Value& value) {
    const QString text = valueText(value);
    if (!text.isEmpty()) parts << wording::labelOf(field) + u' ' + text;
  });
  return parts.join(QStringLiteral(", "));
}

QList<QStringList> settingsRows(const Node& node) {
  QList<QStringList> rows;
  eachSetting(node, [&](const Field& field, const Value& value) {
    const QString unit = field.unit.empty() ? QString() : u' ' + QString::fromStdString(field.unit);
    rows << QStringList{escaped(wording::labelOf(field)), escaped(valueText(value) + unit)};
  });
  return rows;
}

QString linked(const std::string& text) {
  QString out = escaped(text);
  static const QRegularExpression arxiv(QStringLiteral("arXiv:(\\d{4}\\.\\d{4,5})"));
  static const QRegularExpression doi(QStringLiteral("doi:(10\\.[^\\s,;]+)"));
  static const QRegularExpression web(QStringLiteral("(?<![\">])(https://[^\\s,;<]+)"));
  out.replace(web, QStringLiteral("<a href=\"\\1\">\\1</a>"));
  out.replace(arxiv, QStringLiteral("<a href=\"https://arxiv.org/abs/\\1\">arXiv:\\1</a>"));
  out.replace(doi, QStringLiteral("<a href=\"https://doi.org/\\1\">doi:\\1</a>"));
  return out;
}

/// Both themes draw the same shapes, so the colours of the two pictures correspond one by one.
QString picture(const Figure& figure, QStringList& dark) {
  SvgOptions options{.width = 720, .height = 440};
  const QString light = QString::fromStdString(write_svg(figure, options));
  options.theme = ThemeId::dark;
  const QString night = QString::fromStdString(write_svg(figure, options));
  auto a = colourPattern().globalMatch(light), b = colourPattern().globalMatch(night);
  while (a.hasNext() && b.hasNext()) {
    const auto from = a.next(), to = b.next();
    if (from.captured(1) != to.captured(1) || from.captured(2) == to.captured(2)) continue;
    const QString selector = QStringLiteral("figure [%1=\"%2\"]").arg(from.captured(1), from.captured(2));
    const QString rule = QStringLiteral("%1 { %2: %3 }").arg(selector, from.captured(1), to.captured(2));
    const bool known =
        std::any_of(dark.begin(), dark.end(), [&](const QString& r) { return r.startsWith(selector + u' '); });
    if (!known) dark << rule;
  }
  const QString body = light.mid(light.indexOf(QStringLiteral("<svg")));
  return QStringLiteral("<figure>\n%1<figcaption>%2</figcaption>\n</figure>\n").arg(body, escaped(figure.sentence));
}

}  // namespace kappa::ui::report
