/// Turns ids into words; everything a method says of itself stays as it is.
#include "ui/forms/wording.hpp"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "ui/forms/number_text.hpp"

namespace kappa::ui::wording {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("wording", text); }

/// What a method says of itself, in the user's language.
QString said(std::string_view text) {
  return text.empty() ? QString() : QCoreApplication::translate("catalogue", std::string(text).c_str());
}

/// "0.9791980198019802 to 0.9811980198019802" in four digits each, "1e-06" as the charts write it.
QString readable(QString text) {
  static const QRegularExpression number(QStringLiteral("\\d+(\\.\\d+)?([eE][-+]?\\d+)?"));
  qsizetype from = 0;
  for (auto match = number.match(text); match.hasMatch(); match = number.match(text, from)) {
    const double value = match.captured().toDouble();
    const bool plain = match.captured().size() <= 6 && match.capturedStart(2) < 0;
    QString told = plain ? match.captured() : QString::fromStdString(format_value(value));
    if (!plain && value >= 1e-3 && value < 1e4) told = QString::number(value, 'g', 4);
    text.replace(match.capturedStart(), match.capturedLength(), told);
    from = match.capturedStart() + told.size();
  }
  return text;
}

QString ended(QString text) {
  if (!text.isEmpty() && !text.endsWith(u'.') && !text.endsWith(u'?')) text += u'.';
  return text;
}

QString capital(QString text) {
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  return text;
}

}  // namespace

QString choice(std::string_view id) {
  std::string words(id);
  std::replace(words.begin(), words.end(), '_', ' ');
  return said(words);
}

QString option(std::string_view id) { return id.empty() ? tr("none") : choice(id); }

QString named(std::string_view id) { return capital(choice(id)); }

QString labelOf(const Field& field) {
  const QString symbol = QString::fromStdString(field.symbol);
  return symbol.isEmpty() ? named(field.id) : named(field.id) + u' ' + symbol;
}

QString titleOf(const Entry& entry) { return said(entry.card.title); }

QString cardOf(const Entry& entry) {
  const QString idea = said(entry.card.idea), equation = QString::fromStdString(entry.card.equation);
  return equation.isEmpty() ? idea : idea + u'\n' + equation;
}

QString helpOf(const Field& field) {
  QStringList parts;
  if (!field.help.empty()) parts << ended(capital(said(field.help)));
  if (const QString range = QString::fromStdString(allowed_in_words(field)); !range.isEmpty())
    parts << ended(tr("Allowed: %1").arg(range));
  if (const QString usual = QString::fromStdString(default_in_words(field)); !usual.isEmpty())
    parts << ended(tr("Default: %1").arg(usual));
  return parts.join(u' ');
}

QString brief(const Value& value) {
  struct Visitor {
    QString operator()(bool v) const { return v ? tr("on") : tr("off"); }
    QString operator()(std::int64_t v) const { return QString::number(v); }
    QString operator()(double v) const {
      const double size = std::abs(v);
      return size >= 1e-3 && size < 1e6 ? QString::number(v, 'g', 3) : QString::fromStdString(format_value(v));
    }
    QString operator()(const std::string& v) const { return choice(v); }
    QString operator()(const std::vector<double>& v) const { return QString::number(v.size()); }
    QString operator()(const std::vector<std::string>& v) const { return QString::number(v.size()); }
    QString operator()(const NodePtr& v) const {
      if (!v) return {};
      const auto peak = v->params.find("peak");
      return peak == v->params.end() ? choice(v->id) : choice(v->id) + u' ' + brief(peak->second);
    }
  };
  return std::visit(Visitor{}, value);
}

QString sentence(const Issue& issue) {
  QString text = ended(capital(QString::fromStdString(issue.message)));
  if (!issue.hint.empty()) text += u' ' + ended(capital(QString::fromStdString(issue.hint)));
  return text;
}

QString sentences(const Issues& issues) {
  QStringList all;
  for (const Issue& issue : issues)
    all << QString::fromStdString(issue.path.empty() ? issue.path : issue.path + ": ") + sentence(issue);
  return all.join(u'\n');
}

QString expected(const ClaimResult& claim) {
  return claim.expected_words.empty() ? readable(QString::fromStdString(claim.expected))
                                      : QString::fromStdString(claim.expected_words);
}

QString measured(const ClaimResult& claim) {
  return QString::fromStdString(claim.measured_words.empty() ? format_value(claim.measured) : claim.measured_words);
}

}  // namespace kappa::ui::wording
