/// What a method says of itself: title, idea, equation, citations, what it asks of the oracle, the symmetries it obeys.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/figure/spec.hpp"
#include "core/kinds/field.hpp"
#include "core/kinds/node.hpp"

namespace kappa {

/// Symmetries: the method commutes with them. Rotations act on matrix blocks from the left or the right; `rotation`
/// turns the whole parameter vector. `scale_f`: f -> c f changes nothing; `affine`: x -> Ax changes nothing.
enum class Law : std::uint16_t {
  none = 0,
  permutation = 1,
  sign = 2,
  rotation = 4,
  left_rotation = 8,
  right_rotation = 16,
  isometries = 31,  ///< all of the above: only lengths and angles matter
  scale_f = 32,
  affine = 64,
  descends = 128
};
constexpr Law operator|(Law a, Law b) { return static_cast<Law>(static_cast<unsigned>(a) | static_cast<unsigned>(b)); }
constexpr Law operator&(Law a, Law b) { return static_cast<Law>(static_cast<unsigned>(a) & static_cast<unsigned>(b)); }
constexpr bool has(Law laws, Law one) { return (laws & one) == one; }

/// What an optimizer may ask of the oracle beyond `gradient`, which the run asks for it before each step.
enum class Needs : std::uint32_t {
  nothing = 0,
  gradient = 1,        ///< the run hands f and g of this step's sample to the step
  value = 2,           ///< further values: line searches
  extra_gradient = 4,  ///< further gradients on this step's sample: SAM
  full = 8,            ///< values or gradients over all rows
  other = 16,          ///< an independent second sample
  components = 32,     ///< gradients of single components
  hessian_product = 64,
  hessian = 128,
  residual = 256,  ///< residual and Jacobian
  prox = 512,      ///< smooth gradient and proximal map
  project = 1024,
  solve_block = 2048,
  facts = 4096,         ///< L, mu, minimum, solution
  lifted = 8192,        ///< works on the estimate (XX') rather than on its factor
  resampled = 16384,    ///< gradients under labels that the model draws
  half_square = 32768,  ///< a loss that is ½|r|²: no curvature of its outputs
};
constexpr Needs operator|(Needs a, Needs b) {
  return static_cast<Needs>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(Needs needs, Needs one) { return (static_cast<unsigned>(needs) & static_cast<unsigned>(one)) != 0; }

struct Citation {
  std::string who;
  int year = 0;
  std::string title, link;
};

struct Card {
  std::string title = {}, idea = {}, equation = {};
  std::vector<Citation> cite = {};
  Needs needs = Needs::gradient;                         ///< optimizers
  std::string question = {}, look_for = {}, group = {};  ///< studies
  FigureForm form = FigureForm::series;                  ///< probes: how they are drawn
  Scale scale = Scale::log;
  std::vector<std::string> uses = {};  ///< studies: optimizers stepped inside
};

/// One method as the catalogue shows it.
struct Entry {
  Kind kind{};
  std::string id;
  Card card;
  std::vector<Field> fields;
};

}  // namespace kappa
