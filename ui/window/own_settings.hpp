/// What the chosen run has of its own: another problem, start, length or batch than the others; for a fork, what it
/// changes of its parent.
#pragma once

#include <QWidget>

#include "ui/forms/field_editor.hpp"

class QMenu;
class QPushButton;
class QVBoxLayout;

namespace kappa::ui {

class NodeForm;
class Session;

class OwnSettings : public QWidget {
  Q_OBJECT

 public:
  explicit OwnSettings(Session& session, QWidget* parent = nullptr);

 private:
  enum class Part : std::uint8_t { problem, init, steps, batch };
  using Change = std::function<void(Document&, RunSpec&)>;

  void showDocument();
  void rebuild();
  void fillMenu();
  void addProblem(const RunSpec& run);
  void addInit(const RunSpec& run);
  void addSteps(const RunSpec& run);
  void addBatch(const RunSpec& run);
  void addFork(const Document& document, const RunSpec& run);
  void addHead(const QString& name, const QString& away, const Change& remove);
  FieldEditor* addEditor(const Field& field, const Value& value,
                         const std::function<void(RunSpec&, const Value&)>& set);
  const RunSpec* run() const;
  std::string shape() const;
  QString change(const QString& text, const QString& key, const Change& edit);

  Session& session_;
  QVBoxLayout* column_;
  QWidget* rows_ = nullptr;
  QPushButton* more_;
  QMenu* menu_;
  NodeForm *problem_ = nullptr, *init_ = nullptr;
  std::vector<std::pair<FieldEditor*, std::function<Value(const RunSpec&)>>> editors_;
  std::string shape_;
};

}  // namespace kappa::ui
