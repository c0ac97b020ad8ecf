/// LARS and LAMB against their equations in plain loops, block by block.
#include <algorithm>
#include <array>

#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method lamb();
Method lars();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

const std::vector<BlockShape> shapes = {{"W", 3, 2, Role::hidden}, {"b", 2, 1, Role::vector}};
constexpr std::size_t ends[] = {0, 6, 8};

double length(const Vec& v, std::size_t block) {
  double sum = 0;
  for (std::size_t k = ends[block]; k < ends[block + 1]; ++k) sum += v[k] * v[k];
  return std::sqrt(sum);
}

void expect_lars(bool plain) {
  const double eta = 2, mu = 0.8, tau = 0.05, lambda = 0.1;
  Vec m(8);
  expect_path(optimizers::lars(),
              {{"learning_rate", plain ? 0.02 : eta},
               {"momentum", mu},
               {"trust_coefficient", tau},
               {"weight_decay", lambda},
               {"plain_vectors", plain}},
              toy(shapes), [&](const Vec& x, const Vec& g, int) {
                Vec next = x;
                for (std::size_t block = 0; block < 2; ++block) {
                  double ratio = tau * length(x, block) / (length(g, block) + lambda * length(x, block) + 1e-9);
                  if (plain && block == 1) ratio = 1;
                  for (std::size_t k = ends[block]; k < ends[block + 1]; ++k) {
                    m[k] = mu * m[k] + ratio * (plain ? 0.02 : eta) * (g[k] + lambda * x[k]);
                    next[k] -= m[k];
                  }
                }
                return next;
              });
}
TEST(Lars, FollowsItsEquation) { expect_lars(false); }
TEST(Lars, MayLeaveVectorsAlone) { expect_lars(true); }

TEST(Lamb, FollowsItsEquation) {
  const double eta = 0.02, b1 = 0.8, b2 = 0.95, eps = 1e-4, lambda = 0.1;
  for (const bool plain : {false, true}) {
    Vec m(8), v(8);
    expect_path(optimizers::lamb(),
                {{"learning_rate", eta},
                 {"beta1", b1},
                 {"beta2", b2},
                 {"epsilon", eps},
                 {"weight_decay", lambda},
                 {"plain_vectors", plain}},
                toy(shapes), [&](const Vec& x, const Vec& g, int t) {
                  Vec u(8), next = x;
                  for (std::size_t k = 0; k < 8; ++k) {
                    m[k] = b1 * m[k] + (1 - b1) * g[k];
                    v[k] = b2 * v[k] + (1 - b2) * g[k] * g[k];
                    u[k] =
                        m[k] / (1 - std::pow(b1, t)) / (std::sqrt(v[k] / (1 - std::pow(b2, t))) + eps) + lambda * x[k];
                  }
                  for (std::size_t block = 0; block < 2; ++block) {
                    const double ratio = plain && block == 1 ? 1 : length(x, block) / length(u, block);
                    for (std::size_t k = ends[block]; k < ends[block + 1]; ++k) next[k] -= eta * ratio * u[k];
                  }
                  return next;
                });
  }
}

/// A block of zeros has no length to be a share of: it steps as without the ratio.
TEST(Layerwise, ABlockOfZerosMoves) {
  for (const Method& method : {optimizers::lars(), optimizers::lamb()}) {
    Vec x0 = random_vec(8, 1);
    x0[6] = x0[7] = 0;
    Hand hand(method, {{"learning_rate", 0.1}}, toy(shapes), x0);
    hand.step();
    const bool is_lars = method.card.title == "LARS";
    for (const std::size_t k : {std::size_t{6}, std::size_t{7}}) {
      const double slope = hand.g()[k];
      EXPECT_NEAR(hand.x()[k], is_lars ? -0.1 * slope : -0.1 * slope / (std::abs(slope) + 1e-6), 1e-12);
    }
  }
}

}  // namespace
}  // namespace kappa
