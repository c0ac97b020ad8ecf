/// Presenter mode: large type on everything in sight, thick lines, room for all of it, and everything back afterwards.
#include "ui/window/presenter.hpp"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QGraphicsTextItem>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/charts/state_label.hpp"
#include "ui/forms/elided_label.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/lessons/lesson_panel.hpp"
#include "ui/lessons/lesson_player.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/presenter_strip.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui {
namespace {

using test::ScratchDirectory;
using testing::await;

double points(const QFont& font) {
  const double dpi = QGuiApplication::primaryScreen()->logicalDotsPerInch();
  return QFontInfo(font).pixelSize() * 72.0 / dpi;
}

class PresenterTest : public ::testing::Test {
 protected:
  PresenterTest() {
    theme_.choose(ThemeChoice::dark);
    session_.open("conditioning");
    window_.resize(1024, 768);
    window_.showSetup();
    window_.show();
    window_.activateWindow();
    QCoreApplication::processEvents();
  }
  ~PresenterTest() override { theme_.choose(ThemeChoice::light); }
  void present() {
    QTest::keyClick(&window_, Qt::Key_F5);
    window_.setWindowState(Qt::WindowNoState);  // a screen of this size
    window_.resize(1024, 768);
    QCoreApplication::processEvents();
  }
  template <class W>
  std::vector<W*> inSight() {
    std::vector<W*> all;
    for (W* one : window_.findChildren<W*>())
      if (one->isVisible() && !one->visibleRegion().isEmpty()) all.push_back(one);
    return all;
  }
  bool finish() {
    if (session_.state() != RunState::finished) window_.actions().run->trigger();
    return await([&] { return session_.state() == RunState::finished && session_.idle(); });
  }

  ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  MainWindow window_{session_, theme_};
};

TEST_F(PresenterTest, EverythingInSightIsSetInEighteenPointsAndMore) {
  ASSERT_TRUE(finish());
  present();
  ASSERT_TRUE(window_.presenter().isOn());
  EXPECT_EQ(theme_.id(), ThemeId::projector);
  int seen = 0;
  const auto check = [&](const QWidget* widget, const QString& text) {
    if (text.trimmed().isEmpty()) return;
    ++seen;
    EXPECT_GE(points(widget->font()), 17.9) << widget->metaObject()->className() << " " << text.toStdString();
  };
  for (const QLabel* one : inSight<QLabel>()) check(one, one->text());
  for (const QAbstractButton* one : inSight<QAbstractButton>()) check(one, one->text());
  for (const QLineEdit* one : inSight<QLineEdit>()) check(one, one->text());
  EXPECT_GT(seen, 8);
  for (const ChartCard* card : inSight<ChartCard>()) {
    for (const QGraphicsItem* item : card->view()->scene().items()) {
      if (const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
          text && text->isVisible() && !text->toPlainText().isEmpty()) {
        EXPECT_GE(points(text->font()), 17.9) << text->toPlainText().toStdString();
      }
      if (const auto* text = dynamic_cast<const QGraphicsSimpleTextItem*>(item);
          text && text->isVisible() && !text->text().isEmpty()) {
        EXPECT_GE(points(text->font()), 17.9) << text->text().toStdString();
      }
    }
  }
  EXPECT_GE(typeOf(theme_.id()).head * 72.0 / QGuiApplication::primaryScreen()->logicalDotsPerInch(), 17.9);
}

TEST_F(PresenterTest, CurvesAreThick) {
  ASSERT_TRUE(finish());
  present();
  int curves = 0;
  for (const ChartCard* card : window_.charts().cards()) {
    if (card->view()->figure().curves.empty()) continue;
    for (const Stroke& stroke : card->view()->scene().geometry().strokes)
      if (stroke.opacity == 1 && stroke.colour != neutral && stroke.width >= 3) ++curves;
  }
  EXPECT_GE(curves, 3);
}

TEST_F(PresenterTest, OnlyChartsRunBarAndControlsAreInSightAndNothingIsCutOff) {
  ASSERT_TRUE(finish());
  present();
  EXPECT_FALSE(window_.setup().isVisible());
  const QRect whole = window_.rect();
  for (QWidget* one : inSight<QWidget>()) {
    if (one == &window_ || window_.charts().isAncestorOf(one)) continue;
    EXPECT_TRUE(whole.contains(QRect(one->mapTo(&window_, QPoint()), one->size())))
        << one->metaObject()->className() << " " << one->accessibleName().toStdString();
  }
  for (const QLabel* one : inSight<QLabel>()) {
    if (qobject_cast<const ElidedLabel*>(one) || qobject_cast<const StateLabel*>(one) || one->wordWrap()) continue;
    EXPECT_GE(one->width(), one->sizeHint().width()) << one->text().toStdString();
    EXPECT_GE(one->height(), QFontMetrics(one->font()).height() - 1) << one->text().toStdString();
  }
  for (const QAbstractButton* one : inSight<QAbstractButton>())
    if (!one->text().isEmpty()) {
      EXPECT_GE(one->width(), QFontMetrics(one->font()).horizontalAdvance(one->text())) << one->text().toStdString();
    }
  for (const ChartCard* card : inSight<ChartCard>()) {
    const QRect place(card->mapTo(&window_.charts(), QPoint()), card->size());
    const int out = place.height() - place.intersected(window_.charts().rect()).height();
    EXPECT_TRUE(out == 0 || out >= place.height() - 2) << card->spec().id << ": whole or not at all";
  }
}

TEST_F(PresenterTest, EscapeBringsEverythingBack) {
  const QSize size = window_.size();
  const QFont font = QApplication::font();
  const bool setup = window_.setup().isVisible();
  present();
  ASSERT_TRUE(window_.presenter().isOn());
  window_.charts().setFocus();
  QTest::keyClick(&window_, Qt::Key_Escape);
  QCoreApplication::processEvents();
  EXPECT_FALSE(window_.presenter().isOn());
  EXPECT_FALSE(window_.actions().present->isChecked());
  EXPECT_EQ(theme_.id(), ThemeId::dark);
  EXPECT_EQ(theme_.choice(), ThemeChoice::dark);
  EXPECT_EQ(QApplication::font().pixelSize(), font.pixelSize());
  EXPECT_EQ(window_.setup().isVisible(), setup);
  EXPECT_FALSE(window_.presenterStrip().isVisible());
  EXPECT_FALSE(window_.isFullScreen());
  EXPECT_EQ(window_.size(), size);
}

TEST_F(PresenterTest, TheChosenRunsLiveFieldsAreAtHand) {
  present();
  ASSERT_TRUE(window_.presenterStrip().isVisible());
  ASSERT_FALSE(window_.presenterStrip().editors().empty());
  FieldEditor* rate = window_.presenterStrip().editors().front();
  EXPECT_EQ(rate->field().id, "learning_rate");
  NumberField& field = *rate->row()->numberField();
  field.setFocus();
  field.selectAll();
  QTest::keyClicks(&field, "0.5");
  QTest::keyClick(&field, Qt::Key_Return);
  EXPECT_EQ(std::get<double>(effective_optimizer(session_.document(), 0).params.at("learning_rate")), 0.5);
  session_.chooseRun(1);
  std::vector<std::string> ids;
  for (const FieldEditor* editor : window_.presenterStrip().editors()) ids.push_back(editor->field().id);
  EXPECT_NE(std::find(ids.begin(), ids.end(), "momentum"), ids.end());
}

TEST_F(PresenterTest, PinnedControlsComeFirst) {
  FieldRow* row = window_.setup().problemForm()->editor("condition_number")->row();
  auto* pin = row->findChild<QAction*>("pin");
  ASSERT_NE(pin, nullptr);
  pin->trigger();
  EXPECT_EQ(session_.view().value("pinned").toArray().size(), 1);
  present();
  ASSERT_GE(window_.presenterStrip().editors().size(), 2u);
  EXPECT_EQ(window_.presenterStrip().editors().front()->field().id, "condition_number");
}

TEST_F(PresenterTest, AnOpenLessonStaysInSight) {
  ASSERT_TRUE(window_.openLesson("conditioning"));
  present();
  EXPECT_TRUE(window_.lessonPanel().isVisible());
  EXPECT_GE(points(window_.lessonPanel().text()->font()), 17.9);
  EXPECT_GT(window_.charts().width(), window_.lessonPanel().width());
  QTest::keyClick(&window_, Qt::Key_Right, Qt::AltModifier);
  EXPECT_EQ(window_.lesson().step(), 1u);
  window_.charts().setFocus();
  QTest::keyClick(&window_.charts(), Qt::Key_PageDown);
  EXPECT_EQ(window_.lesson().step(), 2u) << "a remote control's key";
  EXPECT_TRUE(window_.presenter().isOn());
}

TEST_F(PresenterTest, PlotsAreHighEnoughToBeReadOnASmallProjector) {
  for (const char* name : {"conditioning", "low_rank_sensing"}) {
    session_.open(name);
    window_.showSetup();
    present();
    int plots = 0;
    for (const ChartCard* card : inSight<ChartCard>()) {
      EXPECT_GE(card->view()->scene().geometry().map.area.height(), 220) << name << " " << card->spec().id;
      ++plots;
    }
    EXPECT_GE(plots, 2) << name << ": two beside each other";
    QTest::keyClick(&window_, Qt::Key_Escape);
  }
}

}  // namespace
}  // namespace kappa::ui
