/// Where an experiment is from: its papers, with ids to copy and pages to open, and its equation.
#pragma once

#include <QUrl>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace kappa::ui {

class PaperCard : public QWidget {
  Q_OBJECT

 public:
  explicit PaperCard(QWidget* parent = nullptr);

  void setPapers(const QStringList& papers);
  /// `idea` is shown on hovering; an empty equation hides the line.
  void setEquation(const QString& equation, const QString& idea);
  bool isBare() const { return papers_shown_.isEmpty() && equation_text_.isEmpty(); }

 signals:
  void pageAsked(const QUrl& page);

 private:
  QWidget* makePaper(const QString& paper);

  QStringList papers_shown_;
  QString equation_text_;
  QWidget* papers_ = nullptr;
  QVBoxLayout* column_;
  QLabel* equation_;
};

}  // namespace kappa::ui
