/// Polynomial preconditioning: its polynomial against the eigenvectors, its special cases, and the Krylov search.
#include "core/linalg/elementary_symmetric.hpp"
#include "core/random/matrices.hpp"
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method polynomial_preconditioned_gd();
Method polynomial_preconditioned_fgm();
Method krylov_gd();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

/// f(x) = 1/2 x'Hx - b'x.
struct Bowl {
  arma::mat h;
  arma::vec b;
  void build(Rng) {}
  Blocks start(Rng) const { return single_block("x", arma::vec(b.n_elem, arma::fill::zeros)); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
    g.flat() = h * x.flat() - b;
    return 0.5 * arma::dot(x.flat(), g.flat() - b);
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { out.flat() = h * v.flat(); }
  arma::mat hessian(const Blocks&) const { return h; }
};

Bowl bowl(const arma::vec& eigenvalues) {
  const arma::mat q = haar_orthogonal(Rng(4, "axes"), eigenvalues.n_elem);
  return {arma::symmatu(q * arma::diagmat(eigenvalues) * q.t()), normal_vector(Rng(4, "b"), eigenvalues.n_elem)};
}

/// Points of a run from zero; those where gradients are taken, and those that are judged.
struct Path {
  std::vector<arma::vec> x, judged;
  Counts counts;
};
Path walk(const Method& method, Settings settings, const Bowl& problem, int steps) {
  const auto model =
      std::get<Maker<OptimizerModel>>(method.make)(Node{Kind::optimizer, "by_hand", std::move(settings)});
  const auto erased = model_of(problem);
  Path path;
  Oracle oracle(*erased, 3, model->needs(), &path.counts, nullptr);
  Blocks x = problem.start(Rng(1, "")), g = zeros_like(x), out = zeros_like(x);
  AnyState state = model->init(x);
  StepLog log;
  for (int t = 0; t < steps; ++t) {
    const auto now = static_cast<std::uint64_t>(t);
    oracle.begin(now, {});
    const double f = oracle.value_gradient(x, g);
    const Step how = model->step(state, {now, 60, f, x, g, oracle, Rng(3, "step", now), &log}, out);
    if (how == Step::done) break;
    if (how == Step::to)
      x = out;
    else
      x.flat() += out.flat();
    path.x.push_back(x.flat());
    path.judged.push_back(model->iterate(state, x).flat());
  }
  return path;
}

/// Sum over all products of k of the others, by going through all subsets.
double by_subsets(const arma::vec& values, arma::uword k, arma::uword without) {
  double sum = 0;
  for (unsigned set = 0; set < (1u << values.n_elem); ++set) {
    double product = 1;
    unsigned size = 0;
    bool uses = false;
    for (arma::uword i = 0; i < values.n_elem; ++i)
      if ((set >> i & 1u) != 0) product *= values[i], ++size, uses = uses || i == without;
    if (size == k && !uses) sum += product;
  }
  return sum;
}

const arma::vec spectrum = {0.2, 0.5, 1, 1.5, 40, 300};

TEST(ElementarySymmetric, AreSumsOverSubsets) {
  arma::vec sums(6), power = spectrum;
  for (double& each : sums) {
    each = arma::accu(power);
    power %= spectrum;
  }
  const arma::vec newton = elementary_from_power_sums(sums), direct = elementary_symmetric(spectrum, 6);
  for (arma::uword k = 0; k <= 6; ++k) {
    const double exact = by_subsets(spectrum, k, 99);
    EXPECT_NEAR(direct[k], exact, 1e-14 * exact) << k;
    EXPECT_NEAR(newton[k], exact, (k < 4 ? 1e-11 : 1e-2) * exact) << k;
    const arma::vec others = elementary_leaving_out(spectrum, k);
    for (arma::uword i = 0; i < 6; ++i)
      EXPECT_NEAR(others[i], by_subsets(spectrum, k, i), 1e-14 * exact + 1e-300) << k << ", without " << i;
  }
}

/// Coefficients of the characteristic polynomial: of tall, wide, single-column, rank-deficient and zero matrices.
TEST(ElementarySymmetric, AreCoefficientsOfTheCharacteristicPolynomial) {
  for (const arma::mat& x :
       {normal_matrix(Rng(1, "tall"), 9, 4), normal_matrix(Rng(1, "wide"), 3, 7), normal_matrix(Rng(1, "row"), 1, 5),
        arma::mat(normal_matrix(Rng(1, "thin"), 6, 2) * normal_matrix(Rng(2, "thin"), 2, 6)),
        arma::mat(4, 4, arma::fill::zeros)}) {
    const arma::vec values = arma::eig_sym(arma::symmatu(x.t() * x));
    const arma::vec e = elementary_symmetric(values, values.n_elem);
    for (const double z : {-0.7, 0.3}) {
      double sum = 0, power = 1;
      for (const double each : e) {
        sum += each * power;
        power *= z;
      }
      const double determinant = arma::det(arma::eye(x.n_cols, x.n_cols) + z * (x.t() * x));
      EXPECT_NEAR(sum, determinant, 1e-10 * (1 + std::abs(determinant)));
    }
  }
}

TEST(PolynomialPreconditionedGd, ShrinksEachEigenvectorByItsOwnFactor) {
  const Bowl problem = bowl(spectrum);
  arma::vec values;
  arma::mat axes;
  arma::eig_sym(values, axes, problem.h);
  for (const std::int64_t degree : {0, 1, 2, 3}) {
    arma::vec left(6);
    for (arma::uword i = 0; i < 6; ++i)
      left[i] = spectrum[i] * by_subsets(spectrum, static_cast<arma::uword>(degree), i);
    const Path path = walk(optimizers::polynomial_preconditioned_gd(), {{"degree", degree}}, problem, 8);
    const arma::vec solution = arma::solve(problem.h, problem.b);
    arma::vec error = axes.t() * (-solution);
    for (const arma::vec& x : path.x) {
      error %= 1 - left / left.max();
      EXPECT_LT(arma::norm(axes.t() * (x - solution) - error), 1e-9 * arma::norm(solution)) << degree;
    }
    EXPECT_EQ(path.counts.hessian_products, 6 + 8 * static_cast<std::uint64_t>(degree)) << "the matrix, then products";
  }
}

/// P₁ = tr(B) I − B, and P_{n−1} = det(B) B⁻¹: Newton's method.
TEST(PolynomialPreconditionedGd, FirstAndLastDegreeAreWhatTheyShouldBe) {
  const Bowl problem = bowl({1, 2, 5});
  const arma::mat first = arma::trace(problem.h) * arma::eye(3, 3) - problem.h;
  const double most = arma::eig_sym(arma::mat(arma::symmatu(first * problem.h))).max();
  const Path one = walk(optimizers::polynomial_preconditioned_gd(), {{"degree", std::int64_t{1}}}, problem, 1);
  EXPECT_LT(arma::norm(one.x[0] - first * problem.b / most), 1e-14);
  for (const std::int64_t degree : {2, 8}) {  // more than n − 1 is n − 1
    const Path last = walk(optimizers::polynomial_preconditioned_gd(), {{"degree", degree}}, problem, 1);
    EXPECT_LT(arma::norm(last.x[0] - arma::solve(problem.h, problem.b)), 1e-13);
  }
}

TEST(PolynomialPreconditionedGd, LowersADegreeThatRoundingWouldSpoil) {
  arma::vec steep = arma::linspace(1, 5, 30);
  steep[29] = 1e6;
  const Bowl problem = bowl(steep);
  const Path path = walk(optimizers::polynomial_preconditioned_gd(), {{"degree", std::int64_t{8}}}, problem, 400);
  EXPECT_LT(arma::norm(problem.h * path.x.back() - problem.b), 1e-6 * arma::norm(problem.b));
}

TEST(PolynomialPreconditionedFgm, IsNesterovInTheMetricOfTheInverse) {
  const Bowl problem = bowl(spectrum);
  const arma::uword n = 6;
  const double e1 = by_subsets(spectrum, 1, 99), e2 = by_subsets(spectrum, 2, 99);
  const arma::mat& b = problem.h;
  const arma::mat p = e2 * arma::eye(n, n) - b * (e1 * arma::eye(n, n) - b);
  arma::vec left(n);
  for (arma::uword i = 0; i < n; ++i) left[i] = spectrum[i] * by_subsets(spectrum, 2, i);
  const double root = std::sqrt(left.max() / left.min()), beta = (root - 1) / (root + 1);
  const Path path = walk(optimizers::polynomial_preconditioned_fgm(), {{"degree", std::int64_t{2}}}, problem, 20);
  arma::vec x(n, arma::fill::zeros), y = x;
  for (std::size_t t = 0; t < path.x.size(); ++t) {
    const arma::vec before = x;
    x = y - p * (b * y - problem.b) / left.max();
    y = x + beta * (x - before);
    EXPECT_LT(arma::norm(path.judged[t] - x), 1e-9 * (1 + arma::norm(x))) << t;
    EXPECT_LT(arma::norm(path.x[t] - y), 1e-9 * (1 + arma::norm(y))) << t;
  }
}

/// The best point of the space, and so conjugate gradients restarted: here by the textbook recursion.
TEST(KrylovGd, IsRestartedConjugateGradients) {
  const Bowl problem = bowl(spectrum);
  for (const std::int64_t degree : {0, 1, 3}) {
    const Path path = walk(optimizers::krylov_gd(), {{"degree", degree}}, problem, 5);
    ASSERT_EQ(path.x.size(), 5u);
    arma::vec x(6, arma::fill::zeros);
    for (const arma::vec& found : path.x) {
      arma::vec r = problem.b - problem.h * x, p = r;
      for (std::int64_t j = 0; j <= degree; ++j) {
        const arma::vec hp = problem.h * p;
        const double size = arma::dot(r, r), length = size / arma::dot(p, hp);
        x += length * p;
        r -= length * hp;
        p = r + arma::dot(r, r) / size * p;
      }
      EXPECT_LT(arma::norm(found - x), 1e-9 * arma::norm(x)) << degree;
      x = found;
    }
    EXPECT_EQ(path.counts.hessian_products, 5 * static_cast<std::uint64_t>(degree + 1));
  }
}

TEST(KrylovGd, EndsWhereItsSpaceHoldsTheSolution) {
  Bowl problem = bowl({1, 1, 3, 3, 3, 8});  // three different eigenvalues: three dimensions
  const Path path = walk(optimizers::krylov_gd(), {{"degree", std::int64_t{5}}}, problem, 1);
  EXPECT_EQ(path.counts.hessian_products, 3u);
  EXPECT_LT(arma::norm(problem.h * path.x[0] - problem.b), 1e-12);
  problem.b.zeros();
  EXPECT_TRUE(walk(optimizers::krylov_gd(), {}, problem, 3).x.empty()) << "a zero gradient is the end";
}

}  // namespace
}  // namespace kappa
