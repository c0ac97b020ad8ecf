/// Expected calibration error: whether the probabilities that a classifier gives mean what they say.
#include <cmath>

#include "core/linalg/calibration.hpp"
#include "core/methods/probes/dumped_data.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct ExpectedCalibrationError {
  std::int64_t bins = 10;

  Declared declare(const ProbeSetup& setup) const {
    const char* why = "this problem does not give probabilities of classes by a linear score of its rows";
    if (!setup.problem.can(Can::resampled_gradient) || setup.layout.shapes().size() != 1) return refused(why);
    const arma::mat x = dumped(setup.problem, "X"), y = dumped(setup.problem, "y");
    const BlockShape& w = setup.layout.shapes().front();
    if (x.is_empty() || x.n_cols != w.rows || y.n_elem != x.n_rows) return refused(why);
    const bool labels = w.cols == 1 ? arma::all(arma::vectorise(arma::abs(y)) == 1)
                                    : arma::all(arma::vectorise(y) == arma::floor(arma::vectorise(y)));
    return labels ? one_series("expected_calibration_error") : refused(why);
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] {
                  const ProblemModel& problem = frame->oracle.problem();
                  const arma::mat x = dumped(problem, "X"), w = frame->x.block(0);
                  const arma::vec y = arma::vectorise(dumped(problem, "y"));
                  arma::vec given(y.n_elem), happened(y.n_elem);
                  const arma::mat scores = w.t() * x.t();
                  for (arma::uword i = 0; i < y.n_elem; ++i) {
                    if (w.n_cols == 1) {  // of the label 1
                      given[i] = 1 / (1 + std::exp(-scores(0, i)));
                      happened[i] = y[i] > 0 ? 1 : 0;
                    } else {  // of the most likely class
                      const arma::uword best = scores.col(i).index_max();
                      given[i] = 1 / arma::accu(arma::exp(scores.col(i) - scores(best, i)));
                      happened[i] = static_cast<arma::uword>(y[i]) == best ? 1 : 0;
                    }
                  }
                  return kappa::expected_calibration_error(given, happened, static_cast<arma::uword>(bins));
                }));
  }
};

}  // namespace KAPPA_FILE

Method expected_calibration_error() {
  using P = KAPPA_FILE::ExpectedCalibrationError;
  return probe<P>(
      {.title = "Expected calibration error",
       .idea = "Of all the rows that were given seventy per cent, seven in ten should be right; this is by "
               "how much they are not.",
       .equation = "Σ over bins |Σ (pᵢ − yᵢ)| / n",
       .cite = {{"Guo, Pleiss, Sun, Weinberger", 2017, "On Calibration of Modern Neural Networks", "arXiv:1706.04599"}},
       .scale = Scale::linear},
      {{&P::bins, "bins", "", count(1, 1'000, true), "equal parts of [0, 1]"}}, 10);
}

}  // namespace kappa::probes
