/// One field a row: name left, value right, below it a slider and what there is to say about the value.
#pragma once

#include <QWidget>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace kappa::ui {

class ElidedLabel;
class NumberField;
class ValueSlider;

enum class Tone : std::uint8_t { plain, good, bad };

class FieldRow : public QWidget {
  Q_OBJECT

 public:
  FieldRow(const QString& name, QWidget* editor, QWidget* parent = nullptr);

  QString name() const { return name_; }
  QWidget* editor() const { return editor_; }
  NumberField* numberField() const;

  void setUnit(const QString& unit);
  /// Shown as a tooltip of the whole row and told to assistive technology.
  void setHelp(const QString& help);
  /// A dot after the name: may be changed while running.
  void setLive(bool live);
  /// Greyed, with the reason as tooltip: read only if another field has another value.
  void setIgnored(bool ignored, const QString& why = {});

  /// The editor under the name, as wide as the row: for texts that need the room.
  void spread();

  /// A line of text as wide as what it says, below the name where that leaves no room.
  void fit(int least);

  /// A slider under the field, kept in step with a number field.
  void setSlider(ValueSlider* slider);
  ValueSlider* slider() const { return slider_; }

  /// What is assumed of the value: "η < 2/L: 1.98 < 2.00 holds"; an empty text takes it away.
  void setNote(const QString& text, Tone tone = Tone::plain);
  /// What the note goes back to, on hovering.
  void setNoteHelp(const QString& help);
  /// Beside the note: "snap to best", with its reason; an empty text takes it away.
  void setAction(const QString& text, const QString& help = {}, bool enabled = true);
  /// Why the value is refused; goes before the note.
  void setError(const QString& sentence);
  QString shownSentence() const;

 signals:
  void actionTriggered();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void retell();
  void makeRoom();

  QString name_, note_, error_, help_;
  Tone tone_ = Tone::plain;
  QGridLayout* grid_;
  QHBoxLayout* top_;
  ElidedLabel* label_;
  QLabel *dot_, *unit_, *sentence_;
  QPushButton* action_;
  QWidget* editor_;
  int least_ = 0;  ///< of a line that fits its text; 0: it does not
  ValueSlider* slider_ = nullptr;
};

}  // namespace kappa::ui
