/// The right panel: runs at the step, the question, what to look for, the claims, paper and equation.
#pragma once

#include <QElapsedTimer>
#include <vector>

#include "ui/window/side_panel.hpp"

class QLabel;
class QVBoxLayout;

namespace kappa::ui {

class AppTheme;
class ClaimCard;
class GroupHead;
class PaperCard;
class RunsSection;
class Session;

class InfoPanel : public SidePanel {
  Q_OBJECT

 public:
  InfoPanel(Session& session, const AppTheme& theme, QWidget* parent = nullptr);

  RunsSection* runs() const { return runs_; }

 private:
  struct Section {
    GroupHead* head;
    QLabel* text;
  };
  Section addSection(const QString& head);
  static void tell(const Section& section, const QString& text);
  void showDocument();
  void showMethod();
  void showClaims();

  Session& session_;
  const AppTheme& theme_;
  GroupHead *claims_head_, *paper_head_;
  RunsSection* runs_;
  Section question_;
  QLabel* look_for_;
  PaperCard* paper_;
  QVBoxLayout* claims_column_;
  std::vector<ClaimCard*> claims_;
  QElapsedTimer since_numbers_;
};

}  // namespace kappa::ui
