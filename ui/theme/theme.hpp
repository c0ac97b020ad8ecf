/// The look of the window: one of the themes, or the system's choice of light and dark, applied to the application.
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include "core/lab.hpp"

class QApplication;

namespace kappa::ui {

QColor toColour(Rgb rgb);
QColor runColour(const Theme& theme, int index);
/// The token that reads best on a filled accent: text on the primary button.
Rgb onAccent(const Theme& theme);

/// Sizes in pixels; a projector is read from the last row, so its type is larger.
struct Type {
  int body = 13, head = 11;
};
Type typeOf(ThemeId id);

/// The window's sans: Inter, else Noto Sans, else the system's.
QFont uiFont(int pixels, QFont::Weight weight = QFont::Normal);
/// A sans whose digits are all equally wide, for numbers that change in place.
QFont figureFont(int pixels, QFont::Weight weight = QFont::Normal);

QPalette paletteOf(const Theme& theme);

enum class ThemeChoice : std::uint8_t { system, light, dark, projector };

class AppTheme : public QObject {
  Q_OBJECT

 public:
  explicit AppTheme(QApplication& app, QObject* parent = nullptr);

  void choose(ThemeChoice choice);
  ThemeChoice choice() const { return choice_; }
  static QString nameOf(ThemeChoice choice);

  ThemeId id() const { return id_; }
  const Theme& tokens() const { return theme(id_); }
  QColor run(int index) const { return runColour(tokens(), index); }

 signals:
  void changed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void apply(ThemeId id);

  QApplication& app_;
  ThemeChoice choice_ = ThemeChoice::system;
  ThemeId id_ = ThemeId::light;
  bool system_dark_ = false;
  bool applied_ = false;
};

}  // namespace kappa::ui
