/// The look of the window: one of the themes, or the system's choice of light and dark, applied to the application.
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <functional>

#include "core/lab.hpp"

class QApplication;

namespace kappa::ui {

QColor toColour(Rgb rgb);
QColor runColour(const Theme& theme, int index);
/// The token that reads best on a filled accent: text on the primary button.
Rgb onAccent(const Theme& theme);

/// Sizes in pixels; a projector is read from the last row, so its type is larger, and all of it is large while
/// presenting: the application's font tells.
struct Type {
  int body = 13, head = 11;
};
Type typeOf(ThemeId id);
/// 18 points on the present screen.
int presentingSize();

/// The window's sans: Inter, else Noto Sans, else the system's.
QFont uiFont(int pixels, QFont::Weight weight = QFont::Normal);
/// A sans whose digits are all equally wide, for numbers that change in place.
QFont figureFont(int pixels, QFont::Weight weight = QFont::Normal);

QPalette paletteOf(const Theme& theme);

enum class ThemeChoice : std::uint8_t { system, light, dark, projector };

class AppTheme : public QObject {
  Q_OBJECT

 public:
  /// `system_is_dark` answers whenever the system's look has changed; by default the platform is asked.
  explicit AppTheme(QApplication& app, QObject* parent = nullptr, std::function<bool()> system_is_dark = {});

  void choose(ThemeChoice choice);
  ThemeChoice choice() const { return choice_; }
  static QString nameOf(ThemeChoice choice);
  /// The projector's colours and large type, whatever is chosen, until it is over.
  void present(bool on);
  bool presenting() const { return presenting_; }

  ThemeId id() const { return id_; }
  const Theme& tokens() const { return theme(id_); }
  QColor run(int index) const { return runColour(tokens(), index); }

 signals:
  void changed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void apply(ThemeId id, bool presenting = false);

  QApplication& app_;
  std::function<bool()> system_is_dark_;
  ThemeChoice choice_ = ThemeChoice::system;
  ThemeId id_ = ThemeId::light;
  bool system_dark_ = false;
  bool applied_ = false, presenting_ = false;
};

}  // namespace kappa::ui
