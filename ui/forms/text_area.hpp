/// A field for more than one line of text: told when it is left, as high as its text within bounds.
#pragma once

#include <QPlainTextEdit>

namespace kappa::ui {

/// Tab moves on; Escape takes back what was typed.
class TextArea : public QPlainTextEdit {
  Q_OBJECT

 public:
  explicit TextArea(int least_lines = 2, QWidget* parent = nullptr);

  /// Without telling anyone; what is being typed is left alone.
  void setShown(const QString& text);

 signals:
  void finished(const QString& text);  ///< after a change

 protected:
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();

  int least_;
  QString shown_;
};

}  // namespace kappa::ui
