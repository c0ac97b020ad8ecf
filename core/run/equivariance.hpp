/// Group actions on parameters, any problem seen through one, and how far a path is from its image.
#pragma once

#include <armadillo>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/kinds/card.hpp"
#include "core/kinds/problem.hpp"

namespace kappa {

/// A linear map of the parameters and a factor on the objective.
struct Action {
  Law law = Law::none;  ///< none: a symmetry that no law names
  std::string name;
  arma::mat map, inverse;
  double factor = 1;
  bool isometry = true;

  Blocks operator()(const Blocks& x) const;
  Blocks back(const Blocks& x) const;
};

/// The same square matrix, `small` of its size, on every matrix block, from the left or the right; vectors stay.
arma::mat on_matrices(const Layout& layout, bool left, const std::function<arma::mat(arma::uword)>& small);

/// One action for each symmetry that a law names: permutation, sign, rotation, left and right rotation, scale of f,
/// affine.
std::vector<Action> law_actions(const Layout& layout, const Rng& rng);

/// c f(T⁻¹y), and all that follows from it. What belongs to a metric (prox, projection, block solves) only isometries
/// keep.
std::shared_ptr<const ProblemModel> moved(std::shared_ptr<const ProblemModel> problem, Action action);

/// The points of a run over all rows or batches of so many, the start first, whatever it would draw decided by `seed`.
/// A method that works on the estimate may be handed a problem that is lifted already, and moved after that.
/// Throws Refused where the method does not agree to step on the problem.
std::vector<Blocks> path_of(const std::shared_ptr<const ProblemModel>& problem, const Node& optimizer,
                            const Blocks& start, std::uint64_t steps, std::uint64_t seed, std::uint64_t batch = 0);

/// How far a path over the moved problem strays from the image of the path over the problem itself, relative to the
/// longest way made from its first point. Points of both, from the start; infinite when their numbers differ.
double equivariance_gap(const Action& action, const std::vector<Blocks>& plain, const std::vector<Blocks>& over_moved);

}  // namespace kappa
