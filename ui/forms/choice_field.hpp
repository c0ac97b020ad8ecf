/// A field that chooses one of a few names.
#pragma once

#include <QComboBox>

namespace kappa::ui {

struct ChoiceItem {
  QString id, title, help = {};
};

class ChoiceField : public QComboBox {
  Q_OBJECT

 public:
  explicit ChoiceField(QWidget* parent = nullptr);

  void setChoices(const QList<ChoiceItem>& items);
  QString chosenId() const { return currentData().toString(); }
  /// False when there is no such choice; then nothing changes.
  bool choose(const QString& id);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 signals:
  void chosen(const QString& id);  ///< by the user

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  bool event(QEvent* event) override;
};

}  // namespace kappa::ui
