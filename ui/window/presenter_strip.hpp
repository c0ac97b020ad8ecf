/// The controls that stay in sight while presenting: the chosen run's live fields, and those that were pinned.
#pragma once

#include <QFrame>
#include <QStringList>
#include <vector>

class QHBoxLayout;

namespace kappa::ui {

class AppTheme;
class ChoiceField;
class FieldEditor;
class NodeForm;
class Session;
class SetupPanel;

/// Fields are pinned by the menu of their row in the setup panel; which they are is part of the document's view.
class PresenterStrip : public QFrame {
  Q_OBJECT

 public:
  PresenterStrip(Session& session, SetupPanel& setup, const AppTheme& theme, QWidget* parent = nullptr);

  /// Only while presenting is there anything in it.
  void setActive(bool on);
  const std::vector<FieldEditor*>& editors() const { return editors_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Control {
    QString pointer;
    FieldEditor* original;  ///< in the setup panel, which does the edit
  };
  std::vector<Control> wanted() const;
  QStringList pinned() const;
  void offerPins();
  void follow();
  void build(const std::vector<Control>& controls);
  void fit();

  Session& session_;
  SetupPanel& setup_;
  const AppTheme& theme_;
  ChoiceField* runs_;
  QHBoxLayout* row_;
  std::vector<FieldEditor*> editors_;
  QStringList shown_;
  bool active_ = false;
};

}  // namespace kappa::ui
