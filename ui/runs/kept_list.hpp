/// The results that are kept, each with its name and a button that lets it go, and where they live.
#pragma once

#include <QWidget>

class QLabel;
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
  void showPlace();

  Session& session_;
  QVBoxLayout* column_;
  QLabel* place_;
};

}  // namespace kappa::ui
