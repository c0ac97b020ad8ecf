/// Quadratic: a bowl with a chosen spectrum and, by default, randomly turned axes.
#include "core/methods/problems/bowl.hpp"
#include "core/random/regression_data.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class From { equal, gaussian, worst };

struct Quadratic : Bowl {
  std::int64_t dimension = 50;
  double condition_number = 100;
  SpectrumShape spectrum = SpectrumShape::geometric;
  double spectrum_alpha = 1;
  double spectrum_fraction = 0.5;
  std::int64_t spectrum_count = 1;
  bool rotate = true;
  From from = From::equal;
  double noise = 0;

  void build(Rng rng) {
    const auto d = static_cast<arma::uword>(dimension);
    center_ = normal_vector(rng.child("truth"), d);
    shape(rng,
          covariance_eigenvalues(spectrum, d, condition_number, spectrum_alpha, spectrum_fraction,
                                 static_cast<arma::uword>(spectrum_count)),
          rotate);
  }

  Blocks start(Rng rng) const {
    const arma::uword d = center_.n_elem;
    arma::vec e(d, arma::fill::ones);  // weights on the eigenvectors
    if (from == From::gaussian) e = normal_vector(rng.child("start"), d);
    if (from == From::worst) {  // the zig-zag of exact line search, and the slowest start of the best fixed step
      e.zeros();
      e[0] = eigenvalues_.min();
      e[d - 1] = eigenvalues_.max();
    }
    return single_block("x", arma::vec(center_ + along_axes(e)));
  }

  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = Bowl::value_gradient(x, g, s);
    if (noise > 0 && !s.noiseless) {
      Rng draw = s.noise;
      for (double& each : g.flat()) each += noise * draw.normal();
    }
    return f;
  }

  std::optional<Plane> plane() const {
    if (dimension != 2) return {};
    constexpr double reach = 2.5;  // every start but a rare Gaussian one lies inside
    return Plane{center_[0] - reach, center_[0] + reach, center_[1] - reach, center_[1] + reach};
  }
  double footprint() const {
    const double d = static_cast<double>(dimension);
    return 8 * d * d * (rotate ? 5 : 1);
  }
  std::vector<NamedMatrix> data() const { return {{"H", h_}, {"truth", center_}}; }
};

}  // namespace KAPPA_FILE

Method quadratic() {
  using KAPPA_FILE::Quadratic;
  Params<Quadratic> params = {{&Quadratic::dimension, "dimension", "d", count(1, 20'000, true), "number of unknowns"}};
  for (Param<Quadratic>& param : spectrum_fields<Quadratic>()) params.push_back(std::move(param));
  params.push_back(
      {&Quadratic::rotate, "rotate", "", Flag{}, "turn the eigenvectors off the axes by a random rotation"});
  params.push_back(
      {&Quadratic::from, "start", "", choices({"equal", "gaussian", "worst"}),
       "weights of the first error on the eigenvectors: all one, normal, or the two ends as in the zig-zag"});
  params.push_back({&Quadratic::noise, "noise", "σ", from_zero(1e-4, 10),
                    "standard deviation of the noise added to every entry of every gradient"});
  return problem<Quadratic>(
      {.title = "Quadratic",
       .idea = "A bowl whose axes have the curvatures you choose: all textbook rates hold exactly.",
       .equation = "f(x) = ½ (x − x*)ᵀ H (x − x*),  H = Q diag(λ) Qᵀ",
       .cite = {{"Nesterov", 2004, "Introductory Lectures on Convex Optimization", "Springer"}}},
      std::move(params));
}

}  // namespace kappa::problems
