/// A claim is short until it is clicked, and says all of itself to those who ask.
#include "ui/window/claim_card.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>

#include "core/lab.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

ClaimResult long_claim() {
  ClaimResult result;
  result.claim =
      "The measured loss of gradient descent is the closed form of a quadratic, to the last digit that can be "
      "told apart from rounding, at every step of the run and for every seed";
  result.statistic = "largest relative distance of loss from theory of Gradient descent";
  result.paper = "Polyak 1964";
  result.expected = "< 1e-06";
  result.measured = 4.6e-13;
  result.holds = true;
  return result;
}

class ClaimCardTest : public ::testing::Test {
 protected:
  ClaimCardTest() {
    card_.setResult(long_claim());
    card_.resize(228, card_.heightForWidth(228));
    card_.show();
    QCoreApplication::processEvents();
  }
  AppTheme theme_{*qApp};
  ClaimCard card_{theme_};
};

TEST_F(ClaimCardTest, UnfoldsOnAClick) {
  const int folded = card_.heightForWidth(228);
  EXPECT_FALSE(card_.shown().contains("Polyak 1964"));
  QTest::mouseClick(&card_, Qt::LeftButton);
  EXPECT_GT(card_.heightForWidth(228), folded + 2 * card_.fontMetrics().height());
  EXPECT_TRUE(card_.shown().contains("Polyak 1964"));
  QTest::keyClick(&card_, Qt::Key_Return);
  EXPECT_EQ(card_.heightForWidth(228), folded);
}

TEST_F(ClaimCardTest, SaysEverythingToWhoAsks) {
  EXPECT_EQ(card_.expected(), "expected < 1e−6");
  EXPECT_EQ(card_.measured(), "measured 4.6e−13");
  for (const char* part : {"every seed", "largest relative distance", "Polyak 1964"})
    EXPECT_TRUE(card_.toolTip().contains(part)) << part;
  EXPECT_EQ(card_.accessibleName(), QString::fromStdString(long_claim().claim));
  EXPECT_TRUE(card_.accessibleDescription().startsWith("holds"));
}

TEST_F(ClaimCardTest, LongNumbersAreShortened) {
  ClaimResult result = long_claim();
  result.expected = "0.9597980198019802 to 0.9617980198019802";
  card_.setResult(result);
  EXPECT_EQ(card_.expected(), "expected 0.9598 to 0.9618");
}

TEST_F(ClaimCardTest, WordsTakeThePlaceOfNumbersThatSayLittle) {
  ClaimResult result = long_claim();
  result.measured = 0;
  result.expected_words = "first";
  result.measured_words = "36 steps, others never";
  card_.setResult(result);
  EXPECT_EQ(card_.expected(), "expected first");
  EXPECT_EQ(card_.measured(), "36 steps, others never");
}

/// As the cards of the gallery are seen from the last row, at the width of the panel with its scroll bar.
TEST_F(ClaimCardTest, NoWordOfAnyClaimIsLeftOut) {
  const auto letters = [](QString text) { return text.remove(u' '); };
  int claims = 0;
  for (const ThemeChoice look : {ThemeChoice::light, ThemeChoice::projector}) {
    theme_.choose(look);
    for (const GalleryItem& item : gallery()) {
      const auto parsed = parse_document(item.document);
      for (const Node& node : std::get<Document>(parsed).claims) {
        const auto sentence = node.params.find("sentence");
        if (sentence == node.params.end()) continue;
        ClaimResult result = long_claim();
        result.claim = std::get<std::string>(sentence->second);
        result.expected_words = "10 times sooner";
        result.measured_words = "1 234 steps, others 23 456 and never";
        card_.setResult(result);
        card_.resize(218, card_.heightForWidth(218));
        const QString shown = letters(card_.shown());
        EXPECT_TRUE(shown.contains(letters(QString::fromStdString(result.claim)))) << item.name;
        EXPECT_TRUE(shown.contains(letters("10 times sooner"))) << item.name;
        EXPECT_TRUE(shown.contains(letters("1 234 steps, others 23 456 and never"))) << item.name;
        EXPECT_FALSE(shown.contains(u'…')) << item.name;
        ++claims;
      }
    }
  }
  EXPECT_GT(claims, 30);
  theme_.choose(ThemeChoice::light);
}

TEST_F(ClaimCardTest, UnknownSaysWhy) {
  ClaimResult result = long_claim();
  result.holds.reset();
  result.why = "run \"GD\" recorded no loss";
  card_.setResult(result);
  EXPECT_TRUE(card_.expected().contains("recorded no loss"));
  EXPECT_TRUE(card_.measured().isEmpty());
  EXPECT_TRUE(card_.accessibleDescription().startsWith("unknown"));
}

TEST_F(ClaimCardTest, TheVerdictIsSeenWithoutColours) {
  ClaimResult result = long_claim();
  const auto mark = [&](std::optional<bool> holds) {
    result.holds = holds;
    card_.setResult(result);
    const QImage image = card_.grab().toImage().convertToFormat(QImage::Format_Grayscale8).scaled(228, 60);
    QImage shape(28, 28, QImage::Format_Mono);
    for (int y = 0; y < 28; ++y)
      for (int x = 0; x < 28; ++x) shape.setPixel(x, y, qGray(image.pixel(x, y)) > 160);
    return shape;
  };
  EXPECT_NE(mark(true), mark(false));
}

}  // namespace
}  // namespace kappa::ui
