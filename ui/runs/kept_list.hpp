/// The results that are kept, each with its name and a button that lets it go.
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace kappa::ui {

class Session;

class KeptList : public QWidget {
  Q_OBJECT

 public:
  explicit KeptList(Session& session, QWidget* parent = nullptr);

 private:
  void rebuild();
  void showNames();

  Session& session_;
  QVBoxLayout* column_;
};

}  // namespace kappa::ui
