/// Parses, writes and steps numbers, in every locale alike.
#include "ui/forms/number_text.hpp"

#include <QLocale>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace kappa::ui {
namespace {

QString plain(QString text) {
  static const QString superscripts = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
  QString out;
  bool raised = false;
  for (const QChar c : text.trimmed()) {
    const auto digit = superscripts.indexOf(c);
    if (digit >= 0 || c == QChar(0x207b)) {
      if (!raised) out += u'^';
      raised = true;
      out += digit >= 0 ? QChar(u'0' + static_cast<char16_t>(digit)) : QChar(u'-');
      continue;
    }
    if (c.isSpace() || c == u'_' || c == u'\'') continue;  // thousands
    out += c == QChar(0x2212) ? QChar(u'-') : c;
  }
  out.replace(QRegularExpression(QStringLiteral("[·×*]?10\\^")), QStringLiteral("e"));
  if (out.startsWith(u'e')) out.prepend(u'1');
  if (out.startsWith(QStringLiteral("-e"))) out.insert(1, u'1');
  return out;
}

double rounded(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return value;
  return QString::number(value, 'e', digits - 1).toDouble();
}

}  // namespace

std::optional<double> NumberText::parse(const QString& text) {
  bool ok = false;
  const double value = QLocale::c().toDouble(plain(text), &ok);
  if (!ok || !std::isfinite(value)) return std::nullopt;
  return value;
}

bool NumberText::isAuto(const QString& text) {
  return text.trimmed().compare(QStringLiteral("auto"), Qt::CaseInsensitive) == 0;
}

QString NumberText::shortest(double value) {
  if (value == 0) return QStringLiteral("0");
  const double size = std::abs(value);
  if (size >= 1e-4 && size < 1e7) return QString::number(value, 'f', QLocale::FloatingPointShortest);
  QString text = QString::number(value, 'e', QLocale::FloatingPointShortest);
  text.replace(QStringLiteral("e+"), QStringLiteral("e"));
  text.replace(QRegularExpression(QStringLiteral("e(-?)0+(?=\\d)")), QStringLiteral("e\\1"));
  return text;
}

QString NumberText::brief(double value) {
  constexpr double whole = 1e7;
  return shortest(value == std::floor(value) && std::abs(value) < whole ? value : rounded(value, 6));
}

QString NumberText::problem(double value, const NumberRange& range) {
  if (range.integer && value != std::floor(value)) return tr("This must be a whole number.");
  if (value < range.lo) return tr("This must be at least %1.").arg(shortest(range.lo));
  if (value > range.hi) return tr("This must be at most %1.").arg(shortest(range.hi));
  return {};
}

QString NumberText::notANumber(const NumberRange& range) {
  if (range.automatic) return tr("Write a number like 0.1 or 1e-3, or auto.");
  return range.integer ? tr("Write a whole number.") : tr("Write a number like 0.1 or 1e-3.");
}

double NumberText::stepped(double value, int steps, StepSize size, const NumberRange& range) {
  double next = value;
  if (range.log && value > 0) {
    const double per_decade = size == StepSize::coarse ? 1 : size == StepSize::usual ? 20 : 200;
    next = rounded(value * std::pow(10.0, steps / per_decade), size == StepSize::fine ? 4 : 3);
  } else if (range.log) {
    next = steps > 0 ? std::max(range.lo, 1e-6 * range.hi) : value;
  } else {
    const double span = std::isfinite(range.hi - range.lo) ? (range.hi - range.lo) / 100 : 1;
    double unit = std::pow(10.0, std::floor(std::log10(std::max(span, 1e-300))));
    if (value != 0) unit = std::min(unit, std::pow(10.0, std::floor(std::log10(std::abs(value)) - 1 + 1e-9)));
    unit *= size == StepSize::coarse ? 10 : size == StepSize::usual ? 1 : 0.1;
    if (range.integer) unit = std::max(1.0, unit);
    next = rounded((std::round(value / unit) + steps) * unit, 12);
  }
  if (range.integer) {
    next = std::round(next);
    if (next == value && steps != 0) next = value + (steps > 0 ? 1 : -1);
  }
  return std::clamp(next, range.lo, range.hi);
}

}  // namespace kappa::ui
