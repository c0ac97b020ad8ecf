/// A window that nobody sees draws nothing, however fast its runs go, and stands right when it is seen again.
#include <gtest/gtest.h>

#include <QEvent>
#include <QSignalSpy>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/main_window.hpp"

namespace kappa::ui {
namespace {

using test::ScratchDirectory;
using testing::await;

/// Counts how often a widget, or anything below it, is painted.
class Paints : public QObject {
 public:
  explicit Paints(QWidget& of) {
    of.installEventFilter(this);
    for (QWidget* child : of.findChildren<QWidget*>()) child->installEventFilter(this);
  }
  int count = 0;
  bool eventFilter(QObject*, QEvent* event) override {
    count += event->type() == QEvent::Paint;
    return false;
  }
};

class HiddenWindow : public ::testing::Test {
 protected:
  HiddenWindow() {
    EXPECT_TRUE(session_.open("conditioning").empty());
    Document document = session_.document();
    document.steps = 100000000;
    session_.openDocument(document, "long");
    window_.showSetup();
    window_.show();
    session_.run();
    EXPECT_TRUE(await([&] { return layouts() > 0 && session_.lastStep() > 10; }));
  }
  ~HiddenWindow() override { session_.stop(); }
  int layouts() {
    int all = 0;
    for (const ChartCard* card : window_.charts().cards()) all += card->view()->layouts();
    return all;
  }
  /// While the session looks at its running runs so many times.
  void stream(int looks) {
    const QSignalSpy refreshed(&session_, &Session::refreshed);
    EXPECT_TRUE(await([&] { return refreshed.count() >= looks; }));
    EXPECT_EQ(session_.state(), RunState::running);
  }

  ScratchDirectory folder_;
  AppTheme theme_{*static_cast<QApplication*>(QCoreApplication::instance())};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  MainWindow window_{session_, theme_};
};

TEST_F(HiddenWindow, DrawsNothing) {
  window_.hide();
  const Paints paints(window_);
  const int before = layouts();
  const std::uint64_t step = session_.lastStep();
  stream(8);
  EXPECT_GT(session_.lastStep(), step);  // the runs go on
  EXPECT_EQ(paints.count, 0);
  EXPECT_EQ(layouts(), before);
  window_.show();
  EXPECT_TRUE(await([&] { return layouts() > before && paints.count > 0; }));
}

TEST_F(HiddenWindow, DrawsNothingWhileMinimised) {
  window_.showMinimized();
  stream(1);
  const Paints paints(window_);
  const int before = layouts();
  stream(8);
  EXPECT_EQ(paints.count, 0);
  EXPECT_EQ(layouts(), before);
  window_.showNormal();
  EXPECT_TRUE(await([&] { return layouts() > before && paints.count > 0; }));
}

TEST_F(HiddenWindow, ShowsTheEndOfWhatEndedWhileMinimised) {
  window_.showMinimized();
  stream(2);
  session_.stop();
  EXPECT_TRUE(await([&] { return session_.state() == RunState::finished && session_.idle(); }));
  const std::string state = window_.charts().cards().front()->view()->figure().state;
  window_.showNormal();
  EXPECT_TRUE(await([&] { return window_.isVisible() && !window_.isMinimized(); }));
  QCoreApplication::processEvents();
  EXPECT_EQ(window_.charts().cards().front()->view()->figure().state, state);
}

}  // namespace
}  // namespace kappa::ui
