/// A text of several lines grows with what is written, is told when it is left, and can be taken back.
#include "ui/forms/text_area.hpp"

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

namespace kappa::ui {
namespace {

class TextAreaTest : public ::testing::Test {
 protected:
  TextAreaTest() {
    auto* column = new QVBoxLayout(&window_);
    column->addWidget(area_);
    column->addWidget(other_);
    window_.resize(240, 400);
    window_.show();
    window_.activateWindow();
    area_->setShown("One line");
    area_->setFocus();
    QCoreApplication::processEvents();
  }
  QWidget window_;
  TextArea* area_ = new TextArea(2);
  QLineEdit* other_ = new QLineEdit;
};

TEST_F(TextAreaTest, GrowsWithItsLines) {
  const int low = area_->height();
  area_->setPlainText("a\nb\nc\nd");
  EXPECT_GE(area_->height(), low + 2 * area_->fontMetrics().lineSpacing() - 1);
  EXPECT_EQ(area_->verticalScrollBarPolicy(), Qt::ScrollBarAlwaysOff);
  area_->setPlainText(QString("line\n").repeated(30));
  EXPECT_LE(area_->height(), 10 * area_->fontMetrics().lineSpacing());
  EXPECT_EQ(area_->verticalScrollBarPolicy(), Qt::ScrollBarAlwaysOn);
}

TEST_F(TextAreaTest, TellsOnceWhenItIsLeft) {
  QSignalSpy finished(area_, &TextArea::finished);
  area_->selectAll();
  QTest::keyClicks(area_, "Another");
  EXPECT_EQ(finished.count(), 0);
  QTest::keyClick(area_, Qt::Key_Tab);
  EXPECT_TRUE(other_->hasFocus());
  ASSERT_EQ(finished.count(), 1);
  EXPECT_EQ(finished[0][0].toString(), "Another");
  area_->setFocus();
  other_->setFocus();
  EXPECT_EQ(finished.count(), 1);
}

TEST_F(TextAreaTest, EscapeTakesBackWhatWasTyped) {
  QSignalSpy finished(area_, &TextArea::finished);
  area_->selectAll();
  QTest::keyClicks(area_, "No");
  QTest::keyClick(area_, Qt::Key_Escape);
  EXPECT_EQ(area_->toPlainText(), "One line");
  other_->setFocus();
  EXPECT_EQ(finished.count(), 0);
}

TEST_F(TextAreaTest, LeavesAloneWhatIsBeingTyped) {
  QTest::keyClicks(area_, "x");
  const QString typed = area_->toPlainText();
  area_->setShown("From elsewhere");
  EXPECT_EQ(area_->toPlainText(), typed);
}

}  // namespace
}  // namespace kappa::ui
