/// A language that nobody speaks: every translated text 40 % longer and accented, to see what would not fit or was
/// never translated.
#pragma once

#include <QTranslator>

namespace kappa::ui {

class PseudoLocale : public QTranslator {
  Q_OBJECT

 public:
  using QTranslator::QTranslator;

  bool isEmpty() const override { return false; }
  QString translate(const char* context, const char* source, const char* disambiguation, int n) const override;
};

/// "Step %1" as "[Štéþ %1 ~~~]": placeholders, mnemonics and line ends stay what they are.
QString pseudo(const QString& text);

}  // namespace kappa::ui
