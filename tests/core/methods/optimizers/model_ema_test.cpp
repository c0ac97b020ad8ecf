/// Model EMA: the average of the points before each step, over any base, which it never disturbs.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method adam();
Method gradient_descent();
Method model_ema();
Method schedule_free_sgd();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

Value node(std::string id, Settings settings = {}) {
  return std::make_shared<const Node>(Node{Kind::optimizer, std::move(id), std::move(settings)});
}

TEST(ModelEma, AveragesThePointsBeforeTheSteps) {
  const Vec x0 = random_vec(5, 2);
  Hand ema(optimizers::model_ema(), {{"rho", 0.8}, {"base", node("adam")}}, toy(), x0);
  Hand adam(optimizers::adam(), {}, toy(), x0);
  Vec average = x0;
  EXPECT_EQ(ema.judged(), x0);
  for (int t = 0; t < 30; ++t) {
    const Vec before = adam.x();
    for (std::size_t k = 0; k < average.size(); ++k) average[k] = 0.8 * average[k] + 0.2 * before[k];
    ema.step({3, 4, 5});
    adam.step({3, 4, 5});
    EXPECT_EQ(ema.x(), adam.x());
    expect_near(ema.judged(), average, 1e-14, "step " + std::to_string(t));
  }
  EXPECT_TRUE(ema.model().judges_another());
}

TEST(ModelEma, WithoutMemoryIsOneStepBehind) {
  Hand ema(optimizers::model_ema(), {{"rho", 0.0}}, toy(), random_vec(5, 2));
  for (int t = 0; t < 5; ++t) {
    const Vec before = ema.x();
    ema.step();
    EXPECT_EQ(ema.judged(), before);
  }
}

TEST(ModelEma, AveragesWhatItsBaseIsJudgedBy) {
  const Vec x0 = random_vec(5, 2);
  Hand ema(optimizers::model_ema(), {{"rho", 0.5}, {"base", node("schedule_free_sgd")}}, toy(), x0);
  Hand base(optimizers::schedule_free_sgd(), {}, toy(), x0);
  Vec average = x0;
  for (int t = 0; t < 5; ++t) {
    const Vec judged = base.judged();
    for (std::size_t k = 0; k < average.size(); ++k) average[k] = 0.5 * average[k] + 0.5 * judged[k];
    ema.step();
    base.step();
    expect_near(ema.judged(), average, 1e-14, "step " + std::to_string(t));
  }
}

TEST(ModelEma, HasTheLawsOfItsBaseButNeedNotDescend) {
  const Hand over_gd(optimizers::model_ema(), {}, toy(), random_vec(5, 2));
  EXPECT_TRUE(has(over_gd.model().laws(), Law::rotation));
  EXPECT_FALSE(has(over_gd.model().laws(), Law::descends));
  const Hand over_adam(optimizers::model_ema(), {{"base", node("adam")}}, toy(), random_vec(5, 2));
  EXPECT_EQ(over_adam.model().laws(), Law::permutation | Law::sign);
}

}  // namespace
}  // namespace kappa
