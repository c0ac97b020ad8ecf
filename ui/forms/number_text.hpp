/// Numbers as people write them in fields: parsed leniently, written in the fewest digits, stepped in round amounts.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <optional>

namespace kappa::ui {

/// What a number field accepts.
struct NumberRange {
  double lo = 0, hi = 1;
  bool log = false, integer = false;
  bool automatic = false;  ///< the word "auto" is a value too
};

enum class StepSize : std::uint8_t { fine, usual, coarse };

class NumberText {
  Q_DECLARE_TR_FUNCTIONS(NumberText)

 public:
  /// "1e-3", "1e−3", ".5", "10^-3", "1·10⁻³", "20 000"; nothing when it is not a finite number.
  static std::optional<double> parse(const QString& text);
  static bool isAuto(const QString& text);
  static QString shortest(double value);
  /// At most six significant digits; whole numbers in full.
  static QString brief(double value);
  /// Empty when `value` is accepted, else a sentence.
  static QString problem(double value, const NumberRange& range);
  static QString notANumber(const NumberRange& range);
  /// The next round value up (`steps` > 0) or down, held inside the range.
  static double stepped(double value, int steps, StepSize size, const NumberRange& range);
};

}  // namespace kappa::ui
