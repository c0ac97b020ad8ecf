/// The gallery shows every built-in experiment with a title and a question, and opens by click and key.
#include "ui/gallery/gallery_page.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include "core/lab.hpp"
#include "ui/gallery/gallery_card.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

class GalleryPageTest : public ::testing::Test {
 protected:
  AppTheme theme_{*qApp};
  GalleryPage page_{theme_};
};

TEST_F(GalleryPageTest, ShowsEveryExperiment) {
  EXPECT_GE(page_.cards().size(), 8u);
  EXPECT_EQ(page_.cards().size(), gallery().size());
  for (const GalleryCard* card : page_.cards()) {
    EXPECT_FALSE(card->entry().title.isEmpty()) << card->entry().name.toStdString();
    EXPECT_FALSE(card->entry().question.isEmpty()) << card->entry().name.toStdString();
  }
}

TEST_F(GalleryPageTest, OpensByClickAndByKey) {
  QSignalSpy chosen(&page_, &GalleryPage::chosen);
  page_.resize(900, 600);
  page_.show();
  GalleryCard* card = page_.cards().front();
  QTest::mouseClick(card, Qt::LeftButton);
  QTest::keyClick(card, Qt::Key_Return);
  ASSERT_EQ(chosen.count(), 2);
  EXPECT_EQ(chosen.front().front().toString(), card->entry().name);
}

TEST_F(GalleryPageTest, CardsNeverOverlap) {
  for (const int width : {420, 900, 1600}) {
    page_.resize(width, 700);
    page_.show();
    QCoreApplication::processEvents();
    for (const GalleryCard* a : page_.cards())
      for (const GalleryCard* b : page_.cards())
        EXPECT_TRUE(a == b || !a->geometry().intersects(b->geometry())) << width;
  }
}

}  // namespace
}  // namespace kappa::ui
