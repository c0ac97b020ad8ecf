/// What a claim is: a judge of a finished trace, over all repeats; it holds, fails, or cannot be told.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/kinds/method.hpp"
#include "core/kinds/param.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

struct Verdict {
  std::string claim;      ///< one sentence
  std::string paper;      ///< "Xu et al. 2023, arXiv:2302.01186"
  std::string statistic;  ///< what was measured, in words
  std::string expected;   ///< "< 1.5"
  double measured = 0;
  std::optional<bool> holds;  ///< absent: unknown
  std::string why;            ///< for unknown: what is missing
  /// For people, where the numbers alone say little: "first", "36 steps, others never". Empty: the numbers.
  std::string expected_words = {}, measured_words = {};
};

/// Collects verdicts; the bounds say their expectation in words.
class Verdicts {
 public:
  void below(std::string claim, std::string statistic, double measured, double bound);
  void at_most(std::string claim, std::string statistic, double measured, double bound);
  void above(std::string claim, std::string statistic, double measured, double bound);
  void at_least(std::string claim, std::string statistic, double measured, double bound);
  void within(std::string claim, std::string statistic, double measured, double lo, double hi);
  void unknown(std::string claim, std::string statistic, std::string why);
  void say(std::string expected, std::string measured);  ///< of the verdict that was added last, in words
  void add(Verdict verdict) { list_.push_back(std::move(verdict)); }
  void set_paper(std::string paper) { paper_ = std::move(paper); }  ///< for the verdicts that follow
  const std::vector<Verdict>& list() const { return list_; }

 private:
  void put(std::string claim, std::string statistic, double measured, std::string expected, bool holds);
  std::vector<Verdict> list_;
  std::string paper_;
};

class ClaimModel {
 public:
  virtual ~ClaimModel() = default;
  virtual Verdict judge(const TraceView& trace) const = 0;
};

template <class C>
concept ClaimMethod = std::default_initializable<C> && requires(const C c, const TraceView& trace, Verdicts& verdicts) {
  c.judge(trace, verdicts);
};

/// Judges with C, which adds exactly one verdict; the document's `sentence` and `paper` replace its own.
template <class C>
class ClaimHolder final : public ClaimModel {
 public:
  ClaimHolder(C c, std::string sentence, std::string paper)
      : c_(std::move(c)), sentence_(std::move(sentence)), paper_(std::move(paper)) {}
  Verdict judge(const TraceView& trace) const override {
    Verdicts verdicts;
    c_.judge(trace, verdicts);
    Verdict verdict = verdicts.list().empty() ? Verdict{} : verdicts.list().front();
    if (!sentence_.empty()) verdict.claim = sentence_;
    if (!paper_.empty()) verdict.paper = paper_;
    return verdict;
  }

 private:
  C c_;
  std::string sentence_, paper_;
};

/// Registers a claim; `sentence` and `paper` are added to its fields.
template <ClaimMethod C>
Method claim(Card card, Params<C> params) {
  std::vector<Field> fields = fields_of(params);
  fields.push_back({.id = "sentence",
                    .symbol = "",
                    .help = "the claim in one sentence",
                    .domain = Text{},
                    .initial = std::string()});
  fields.push_back(
      {.id = "paper", .symbol = "", .help = "where the claim is from", .domain = Text{}, .initial = std::string()});
  return {
      .kind = Kind::claim,
      .card = std::move(card),
      .fields = std::move(fields),
      .make = Maker<ClaimModel>([params = std::move(params)](const Node& node) -> std::shared_ptr<const ClaimModel> {
        return std::make_shared<const ClaimHolder<C>>(bind(params, node), text(node, "sentence", ""),
                                                      text(node, "paper", ""));
      })};
}

}  // namespace kappa
