/// What is measured: the probes of a document, added, unfolded and removed.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

class QMenu;
class QVBoxLayout;

namespace kappa::ui {

class Session;
struct FieldEdit;

class ProbeList : public QWidget {
  Q_OBJECT

 public:
  explicit ProbeList(Session& session, QWidget* parent = nullptr);

 private:
  void showDocument();
  void rebuild();
  QWidget* makeRow(std::size_t probe);
  QString edit(std::size_t probe, const FieldEdit& edit);
  void add(const std::string& id);
  void remove(std::size_t probe);

  Session& session_;
  QVBoxLayout* column_;
  QWidget* rows_ = nullptr;
  std::vector<std::string> shown_;  ///< ids, and which one is open
  std::optional<std::size_t> open_;
};

}  // namespace kappa::ui
