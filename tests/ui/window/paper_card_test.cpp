/// Papers carry ids that can be copied and pages that can be opened; texts without them stay as they are.
#include "ui/window/paper_card.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace kappa::ui {
namespace {

class PaperCardTest : public ::testing::Test {
 protected:
  PaperCardTest() {
    card_.resize(228, 200);
    card_.show();
  }
  QPushButton* button(const QString& name) {
    QCoreApplication::processEvents();
    for (auto* one : card_.findChildren<QPushButton*>())
      if (one->accessibleName() == name && one->isVisibleTo(&card_)) return one;
    return nullptr;
  }
  PaperCard card_;
};

TEST_F(PaperCardTest, AnIdIsCopiedByAClick) {
  card_.setPapers({"Xu, Shen, Chi, Ma 2023, The Power of Preconditioning, arXiv:2302.01186"});
  QPushButton* copy = button("Copy arXiv:2302.01186");
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->text(), "arXiv:2302.01186");
  QTest::mouseClick(copy, Qt::LeftButton);
  EXPECT_EQ(QApplication::clipboard()->text(), "arXiv:2302.01186");
  bool alone = false;
  for (const QLabel* label : card_.findChildren<QLabel*>())
    alone = alone || label->text() == "Xu, Shen, Chi, Ma 2023, The Power of Preconditioning";
  EXPECT_TRUE(alone);
}

TEST_F(PaperCardTest, ThePageIsOpened) {
  QSignalSpy asked(&card_, &PaperCard::pageAsked);
  card_.setPapers({"Old style, arXiv:math/0102001v2", "Somewhere, https://example.org/paper.pdf"});
  ASSERT_NE(button("Open arXiv:math/0102001 in the browser"), nullptr);
  QTest::mouseClick(button("Open arXiv:math/0102001 in the browser"), Qt::LeftButton);
  QTest::mouseClick(button("Open https://example.org/paper.pdf in the browser"), Qt::LeftButton);
  ASSERT_EQ(asked.count(), 2);
  EXPECT_EQ(asked[0][0].toUrl(), QUrl("https://arxiv.org/abs/math/0102001"));
  EXPECT_EQ(asked[1][0].toUrl(), QUrl("https://example.org/paper.pdf"));
}

TEST_F(PaperCardTest, BooksHaveNoButtons) {
  card_.setPapers({"Nesterov 2004, Introductory Lectures on Convex Optimization"});
  EXPECT_TRUE(card_.findChildren<QPushButton*>().isEmpty());
  EXPECT_FALSE(card_.isBare());
  card_.setPapers({});
  card_.setEquation({}, {});
  EXPECT_TRUE(card_.isBare());
}

}  // namespace
}  // namespace kappa::ui
