/// Principal angles: how far the columns' span is turned away from that of the truth.
#include <algorithm>

#include "core/linalg/spectrum.hpp"
#include "core/methods/probes/chosen_blocks.hpp"
#include "core/methods/probes/truth.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct PrincipalAngles : ChosenBlocks {
  std::int64_t directions = 0;

  Declared declare(const ProbeSetup& setup) const {
    const Chosen chosen = choose_matrices(setup, of, block, "principal_angles", false);
    Declared declared{.refusal = chosen.refusal, .after_step = of == Of::update || of == Of::momentum};
    for (std::size_t i = 0; i < chosen.blocks.size(); ++i)
      if (!reference(setup.problem, setup.layout.size(), chosen.blocks[i], rows(setup.layout, chosen.blocks[i]))
               .is_empty())
        declared.channels.push_back({ChannelKind::spectrum, chosen.names[i]});
    if (declared.channels.empty() && declared.refusal.empty())
      declared.refusal = "this problem knows no truth and no solution with as many rows";
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    const ProblemModel& problem = frame->oracle.problem();
    std::size_t channel = 0;  // of those that have a truth
    each(frame, [&](std::size_t, std::size_t i) {
      const arma::mat truth = reference(problem, frame->x.flat().n_elem, i, rows(*frame->x.layout(), i));
      if (truth.is_empty()) return;
      if (const arma::mat* w = frame.matrix(of, i)) sink.spectrum(channel, angles(*w, truth));
      ++channel;
    });
  }

 private:
  arma::uword rows(const Layout& layout, std::size_t i) const {
    return of == Of::estimate ? 0 : layout.shapes()[i].rows;
  }
  /// The block's own truth; for a factor without one the matrix that it is to make. Empty: there is none.
  arma::mat reference(const ProblemModel& problem, arma::uword size, std::size_t i, arma::uword rows) const {
    arma::mat truth;
    const Facts& facts = problem.facts();
    const Blocks* target = of == Of::estimate ? nullptr : target_of(facts, size);
    if (target != nullptr && i < target->count() && target->shape(i).rows == rows)
      truth = target->block(i);
    else if (of == Of::estimate || facts.truth_matrix.n_rows == rows)
      truth = facts.truth_matrix;
    return truth;
  }
  /// Always as many numbers; where the spans have fewer directions the last ones are gaps.
  arma::vec angles(const arma::mat& w, const arma::mat& truth) const {
    const arma::mat known = column_space(truth);
    arma::uword most = std::min({w.n_rows, w.n_cols, std::max<arma::uword>(known.n_cols, 1)});
    if (directions > 0) most = std::min(most, static_cast<arma::uword>(directions));
    arma::vec out(most, arma::fill::value(arma::datum::nan));
    arma::mat own = column_space(w);
    if (directions > 0 && own.n_cols > most) own = own.head_cols(static_cast<arma::uword>(directions));
    const arma::vec found = principal_angles(own, known);
    for (arma::uword i = 0; i < std::min(most, found.n_elem); ++i) out[i] = found[i];
    return out;
  }
};

}  // namespace KAPPA_FILE

Method principal_angles() {
  using KAPPA_FILE::PrincipalAngles;
  Params<PrincipalAngles> params = block_fields<PrincipalAngles>();
  params.push_back({&PrincipalAngles::directions, "directions", "k", count(0, 10'000),
                    "only the k strongest directions; 0: all that are not numerically zero"});
  return probe<PrincipalAngles>(
      {.title = "Principal angles",
       .idea =
           "The angles between two subspaces, smallest first: all zero when a method has found the span of the truth, "
           "whatever the lengths.",
       .equation = "θᵢ = atan2(sinᵢ, cosᵢ),  cos: σ(Q_AᵀQ_B),  sin: σ((I − Q_AQ_Aᵀ)Q_B)",
       .cite = {{"Björck, Golub", 1973, "Numerical Methods for Computing Angles Between Linear Subspaces",
                 "Mathematics of Computation 27"}},
       .form = FigureForm::spectrum},
      std::move(params), 10);
}

}  // namespace kappa::probes
