/// A list of methods that a document holds, probes or claims: each can be unfolded to its settings, added and removed.
#pragma once

#include <QWidget>
#include <optional>

#include "ui/forms/field_editor.hpp"

class QVBoxLayout;

namespace kappa::ui {

class ElidedButton;
class Session;

/// Where the list stands in a document, and what it is called.
struct NodeListSpec {
  Kind kind = Kind::probe;
  std::vector<Node> Document::*list = &Document::probes;
  std::vector<std::string> kept = {};  ///< ids that are always there and cannot be added twice
  QString add, change, remove;         ///< "+ Add probe", and the names of edits
};
NodeListSpec probeListSpec();
NodeListSpec claimListSpec();

class NodeList : public QWidget {
  Q_OBJECT

 public:
  NodeList(Session& session, NodeListSpec spec, QWidget* parent = nullptr);

 private:
  void showDocument();
  void rebuild();
  QWidget* makeRow(std::size_t index);
  QString edit(std::size_t index, const FieldEdit& edit);
  void add(const std::string& id);
  void remove(std::size_t index);
  const std::vector<Node>& nodes() const;
  void doEdit(const Document& next, const QString& text);

  Session& session_;
  NodeListSpec spec_;
  QVBoxLayout* column_;
  QWidget* rows_ = nullptr;
  std::vector<std::string> shown_;
  std::vector<ElidedButton*> names_;
  std::optional<std::size_t> open_;
};

}  // namespace kappa::ui
