/// Accents letter by letter, and fills up to the wanted length.
#include "ui/i18n/pseudo_locale.hpp"

#include <cmath>

namespace kappa::ui {
namespace {

constexpr double longer = 0.4;
constexpr char16_t plain[] = u"aeiouyncszAEIOUNCSZ", accented[] = u"áéîöüýñçšžÁÉÎÖÜÑÇŠŽ";

QChar dressed(QChar letter) {
  for (int i = 0; plain[i] != 0; ++i)
    if (letter == plain[i]) return accented[i];
  return letter;
}

}  // namespace

QString pseudo(const QString& text) {
  QString out = QStringLiteral("[");
  for (qsizetype i = 0; i < text.size(); ++i) {
    const bool placeholder = text[i] == u'%' && i + 1 < text.size() && (text[i + 1].isDigit() || text[i + 1] == u'n');
    if (!placeholder) {
      out += dressed(text[i]);
      continue;
    }
    out += text[i];
    out += text[++i];
    if (i + 1 < text.size() && text[i + 1].isDigit()) out += text[++i];
  }
  const int more = static_cast<int>(std::ceil(longer * static_cast<double>(text.size()))) - 2;
  if (more > 0) out += u' ' + QString(std::max(0, more - 1), u'~');
  return out + u']';
}

QString PseudoLocale::translate(const char* context, const char* source, const char*, int) const {
  const bool own = qstrncmp(context, "kappa::ui", 9) == 0 || (context && context[0] >= 'a' && context[0] <= 'z');
  return own && source && *source ? pseudo(QString::fromUtf8(source)) : QString();
}

}  // namespace kappa::ui
