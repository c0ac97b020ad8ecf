/// Output entropy: the differential entropy, in nats, of what a linear layer makes of Gaussian inputs.
#include "core/linalg/spectrum.hpp"
#include "core/methods/probes/chosen_blocks.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

enum class Inputs { white, data };

struct OutputEntropy : ChosenBlocks {
  Inputs inputs = Inputs::white;

  Declared declare(const ProbeSetup& setup) const {
    Declared declared = channels(setup, "output_entropy", ChannelKind::series, false);
    if (inputs == Inputs::data && declared.refusal.empty() && design(setup.problem).is_empty()) {
      declared.channels.clear();
      declared.refusal = "this problem has no data matrix X whose samples are told from its features";
    }
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    arma::mat x;
    if (inputs == Inputs::data) attempt([&] { x = design(frame->oracle.problem()); });
    each(frame, [&](std::size_t channel, std::size_t i) {
      if (const arma::mat* w = frame.matrix(of, i)) sink.scalar(channel, entropy(frame, *w, i, x));
    });
  }

 private:
  /// One column per sample; empty where X is missing, or square so that nobody can tell.
  static arma::mat design(const ProblemModel& problem) {
    for (NamedMatrix& one : problem.data()) {
      if (one.name != "X" || one.value.n_rows == one.value.n_cols) continue;
      if (one.value.n_cols == problem.samples()) return std::move(one.value);
      if (one.value.n_rows == problem.samples()) return one.value.t();
    }
    return {};
  }
  double entropy(Frame& frame, const arma::mat& w, std::size_t i, const arma::mat& x) const {
    if (inputs == Inputs::white)
      return kappa::output_entropy(Spectrum{w.n_rows, w.n_cols, *frame.singular_values(of, i)});
    if (x.n_rows != w.n_cols) return arma::datum::nan;  // a later layer: its inputs are not the data
    return kappa::output_entropy(w, arma::mat(x * x.t() / static_cast<double>(x.n_cols)));
  }
};

}  // namespace KAPPA_FILE

Method output_entropy() {
  using KAPPA_FILE::OutputEntropy;
  Params<OutputEntropy> params = block_fields<OutputEntropy>();
  params.push_back(
      {&OutputEntropy::inputs, "inputs", "C", choices({"white", "data"}),
       "covariance of the inputs: the identity, or XXᵀ/N of the problem's data where they enter this matrix"});
  return probe<OutputEntropy>(
      {.title = "Output entropy",
       .idea = "How much of a Gaussian signal comes through a matrix, in nats on its range: it falls when directions "
               "close, whatever the condition number says.",
       .equation = "½ r ln(2πe) + Σ ln σᵢ(W C^½) over σᵢ that are not zero,  r of them",
       .cite = {{"Cover, Thomas", 2006, "Elements of Information Theory", ""}},
       .scale = Scale::linear},
      std::move(params), 10);
}

}  // namespace kappa::probes
