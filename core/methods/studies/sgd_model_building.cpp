/// SGD with model building: bad steps are redone by a small model, so a learning rate that is too large does little
/// harm.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* plain = "SGD";
constexpr const char* building = "SMB";
constexpr const char* independent = "SMB, independent batch";
constexpr const char* adam = "Adam";
constexpr const char* final_loss = "final_loss";
constexpr const char* share = "model_steps";

struct SgdModelBuilding {
  std::vector<double> learning_rates = {0.02, 0.1, 0.5, 2, 8};
  std::int64_t width = 24;
  std::int64_t samples = 512;
  std::int64_t batch = 64;
  std::int64_t steps = 300;
  bool auto_schedule = false;

  struct Part {
    const char* method;
    Node optimizer;
    double rate;
    std::string label() const;
  };
  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::vector<Part> parts() const;
};

std::string SgdModelBuilding::Part::label() const {
  std::string digits = std::to_string(rate);
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  return std::string(method) + ", η = " + digits;
}

/// Adam has another scale of rates.
std::vector<SgdModelBuilding::Part> SgdModelBuilding::parts() const {
  std::vector<Part> list;
  const auto smb = [&](bool other_batch) {
    return node(Kind::optimizer, "model_building",
                {{"auto_schedule", auto_schedule}, {"independent_batch", other_batch}});
  };
  for (const double rate : learning_rates) {
    list.push_back({building, smb(false), rate});
    list.push_back({plain, node(Kind::optimizer, "gradient_descent"), rate});
    list.push_back({independent, smb(true), rate});
    if (list.size() != 3) continue;  // here, so that the four methods have four colours
    for (const double own : {0.003, 0.01, 0.03}) list.push_back({adam, node(Kind::optimizer, "adam"), own});
  }
  for (Part& part : list) part.optimizer.params["learning_rate"] = part.rate;
  return list;
}

std::vector<FigureSpec> SgdModelBuilding::figures() const {
  std::vector<double> rates = learning_rates;
  std::sort(rates.begin(), rates.end());
  std::vector<std::string> shown;  // the rates around which the two part
  for (std::size_t i = rates.size() / 2; i < std::min(rates.size() / 2 + 2, rates.size()); ++i)
    for (const char* method : {building, plain, independent}) shown.push_back(Part{method, {}, rates[i]}.label());
  return {{.id = "rates",
           .title = "Final loss by the learning rate it started with",
           .x_label = "learning rate η",
           .y_label = "final loss, at most 10⁹",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {final_loss},
           .note = "η = 8 defeats all three: a huge step may be accepted by luck."},
          {.id = "loss",
           .title = "Loss on all samples",
           .x_label = "batch",
           .y_scale = Scale::log,
           .names = {"loss"},
           .runs = shown},
          {.id = "share",
           .title = "Share of steps that the model redid",
           .x_label = "learning rate η",
           .y_label = "share",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .names = {share}}};
}

void SgdModelBuilding::run(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "mlp_regression",
                                      {{"widths", std::vector<double>{static_cast<double>(width)}},
                                       {"inputs", std::int64_t{6}},
                                       {"samples", samples}}));
  const std::vector<Part> all = parts();
  c.parallel_for(all.size(), [&](std::size_t i, StudyContext& part) {
    const Part& one = all[i];
    DescentSpec spec{.problem = problem,
                     .optimizer = one.optimizer,
                     .steps = static_cast<std::uint64_t>(steps),
                     .batch = static_cast<std::uint64_t>(std::min(batch, samples)),
                     .order = "with_replacement"};
    spec.stop.diverged_above = 1e300;
    spec.until = [](std::uint64_t, const Blocks& x, double) { return !(arma::abs(x.flat()).max() <= 1e6); };
    const DescentResult result = part.descent(one.label(), spec);
    if (part.stopping()) return;
    const double last = result.loss.empty() ? arma::datum::nan : result.loss.back();
    part.curve(one.method, final_loss, one.rate, last <= 1e9 ? last : 1e9);
    if ((one.method != building && one.method != independent) || result.counts.losses == 0) return;
    // A step that is tried asks for one loss, one that is redone for a second gradient: the same step, or the next one.
    const auto tried = static_cast<double>(result.counts.losses);
    double redone = static_cast<double>(result.counts.gradients) - tried, steps_made = tried;
    if (one.method == independent) steps_made += redone = std::floor(redone / 2);
    part.curve(one.method, share, one.rate, std::clamp(redone / steps_made, 0.0, 1.0));
  });
}

void SgdModelBuilding::judge(const TraceView& trace, Verdicts& v) const {
  const auto extreme = [&](const char* run, double rate, bool largest) {
    const auto all = curve_at(trace, run, final_loss, rate);
    if (all.empty() || all.size() != trace.repeats()) return arma::datum::nan;
    return largest ? *std::max_element(all.begin(), all.end()) : *std::min_element(all.begin(), all.end());
  };
  const auto tried = [&](double rate) {
    return std::find(learning_rates.begin(), learning_rates.end(), rate) != learning_rates.end();
  };
  const std::string learns = "SMB still learns at η = 2, on every seed", diverges = "SGD diverges there",
                    half = "At η = 0.5 SMB ends at most half as high as SGD";
  if (tried(2)) {
    v.below(learns, "largest final loss over seeds", extreme(building, 2, true), 0.2);
    v.above(diverges, "smallest final loss over seeds", extreme(plain, 2, false), 1e3);
  } else {
    v.unknown(learns, "largest final loss over seeds", "2 is not among the learning rates");
    v.unknown(diverges, "smallest final loss over seeds", "2 is not among the learning rates");
  }
  if (!tried(0.5)) return v.unknown(half, "SMB's median final loss over SGD's", "0.5 is not among the learning rates");
  v.at_most(half, "SMB's median final loss over SGD's",
            median_of(curve_at(trace, building, final_loss, 0.5)) / median_of(curve_at(trace, plain, final_loss, 0.5)),
            0.5);
}

}  // namespace KAPPA_FILE

Method sgd_model_building() {
  using S = KAPPA_FILE::SgdModelBuilding;
  return study<S>(
      {.title = "SGD with model building",
       .idea = "A step that does not lower the loss of its own batch is redone by a quadratic model of each weight "
               "matrix and bias, built from the gradients at both ends.",
       .equation = "s = −ηg;  if f(x+s) > f − cη‖g‖²:  s ← c_s s + c_g g + c_y y,  y = ∇f(x+s) − g",
       .cite = {{"Birbil, Martin, Onay, Öztoprak", 2021, "Bolstering Stochastic Gradient Descent with Model Building",
                 "arXiv:2111.07058"}},
       .question = "What happens to SGD when its learning rate is far too large, and can the batch itself repair it?",
       .look_for = "SGD's curve shoots up past η = 0.5 while SMB's stays low at η = 2, where the model redoes every "
                   "step. At η = 8 both fail; at η = 0.1 and below they are the same. Building the model from the "
                   "next batch instead costs a step each time.",
       .group = "Optimizers",
       .uses = {"model_building", "gradient_descent", "adam"}},
      {{&S::learning_rates, "learning_rates", "η", Many{log_range_of(1e-3, 10), 1, 8}, "initial learning rates"},
       {&S::width, "width", "", count(2, 128, true), "units of the hidden layer"},
       {&S::samples, "samples", "n", count(8, 4000, true), "samples to fit"},
       {&S::batch, "batch", "b", count(1, 512, true), "samples of a step"},
       {&S::steps, "steps", "T", count(10, 2000, true), "batches of each run"},
       {&S::auto_schedule, "auto_schedule", "", Flag{},
        "every 500 batches SMB lowers η if more than 5% of its steps were redone, else raises it"}});
}

}  // namespace kappa::studies
