/// A window on a small race, for tests of live control, time and comparing.
#pragma once

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>
#include <algorithm>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/runs/run_form.hpp"
#include "ui/runs/runs_section.hpp"
#include "ui/runs/runs_table.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui::testing {

inline Document smallRace(std::uint64_t steps = 300) {
  const Checked<Document> read =
      parse_document(R"({"kappascope": 1, "seed": 7, "steps": )" + std::to_string(steps) + R"(,
    "problem": {"type": "linear_regression", "samples": 40, "features": 6, "condition_number": 30},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 0.3}},
             {"label": "Heavy ball", "optimizer": {"type": "heavy_ball", "learning_rate": 0.3, "momentum": 0.6}},
             {"label": "Adam", "optimizer": {"type": "adam", "learning_rate": 0.05}}],
    "probes": [{"type": "loss"}, {"type": "gradient_norm"},
               {"type": "singular_values", "of": "parameters", "every": 5}]})");
  return complete(std::get<Document>(read));
}

class Desk : public ::testing::Test {
 protected:
  Desk() {
    session_.openDocument(smallRace(), "race");
    window_.resize(1400, 900);
    window_.showSetup();
    window_.show();
    window_.activateWindow();
    QCoreApplication::processEvents();
  }
  bool finish() {
    if (session_.state() != RunState::finished) window_.actions().run->trigger();
    return await([&] { return session_.state() == RunState::finished && session_.idle(); });
  }
  /// Paused with every run at the step.
  bool walkTo(std::uint64_t step) {
    if (session_.lastStep() < step) session_.step(step - session_.lastStep());
    return await([&] { return session_.lastStep() == step && session_.idle(); });
  }
  RunsTable& table() { return *window_.findChild<RunsTable*>(); }
  RunsSection& section() { return *window_.findChild<RunsSection*>(); }
  NumberField& field(const char* name) {
    return *window_.setup().runForm()->form()->editor(name)->row()->numberField();
  }
  void type(NumberField& number, const char* text) {
    number.setFocus();
    number.selectAll();
    QTest::keyClicks(&number, text);
    QTest::keyClick(&number, Qt::Key_Return);
  }
  template <class Widget>
  Widget* named(const char* name) {
    for (auto* one : window_.findChildren<Widget*>())
      if (one->accessibleName() == QLatin1String(name)) return one;
    return nullptr;
  }
  template <class Button>
  Button* button(const QString& text) {
    for (auto* one : window_.findChildren<Button*>())
      if (one->text() == text) return one;
    return nullptr;
  }
  const Figure& chart(const std::string& id) {
    for (ChartCard* card : window_.charts().cards())
      if (card->spec().id == id) {
        window_.charts().ensureWidgetVisible(card);
        QCoreApplication::processEvents();
        return card->view()->figure();
      }
    static const Figure none;
    return none;
  }
  const Column* loss(const std::string& label) {
    const auto run = session_.trace().find_run(label);
    return run ? session_.trace().series(*run, 0, "loss") : nullptr;
  }
  QString at(const std::string& name) const { return QString::fromStdString(folder_ / name); }

  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{at("recovery")};
  MainWindow window_{session_, theme_};
};

}  // namespace kappa::ui::testing
