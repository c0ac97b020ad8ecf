/// Probes that are one number of one matrix, over every block that the document asks for.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/kinds/probe.hpp"

namespace kappa {

template <class P>
class MatrixProbe final : public ProbeModel {
 public:
  MatrixProbe(P p, std::string id, Of of, std::string block, std::uint64_t every)
      : p_(std::move(p)), id_(std::move(id)), block_(std::move(block)), of_(of), every_(every) {}
  std::uint64_t every() const override { return every_; }
  Declared declare(const ProbeSetup& setup) const override {
    const Chosen chosen = choose_matrices(setup, of_, block_, id_, false);
    Declared declared{.refusal = chosen.refusal, .after_step = of_ == Of::update || of_ == Of::momentum};
    for (const std::string& name : chosen.names) declared.channels.push_back({ChannelKind::series, name});
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const override {
    std::size_t channel = 0;
    const auto count = of_ == Of::estimate ? 1 : frame->x.count();
    for (std::size_t i = 0; i < count; ++i) {
      if (of_ != Of::estimate && !block_.empty() && frame->x.shape(i).name != block_) continue;
      const arma::mat* w = frame.matrix(of_, i);
      if (w != nullptr) sink.scalar(channel, number_of(frame, *w, i));
      ++channel;
    }
  }

 private:
  /// The SVD is asked for only where the number is read off it.
  double number_of(Frame& frame, const arma::mat& w, std::size_t block) const {
    if constexpr (requires { p_.of(w); })
      return p_.of(w);
    else
      return p_.of(w, *frame.singular_values(of_, block));
  }

  P p_;
  std::string id_, block_;
  Of of_;
  std::uint64_t every_;
};

Of of_named(std::string_view name);

template <class P>
Method matrix_probe(Card card, Params<P> params, std::int64_t every) {
  std::vector<Field> fields = fields_of(params);
  for (Field& field : matrix_fields()) fields.push_back(std::move(field));
  fields.push_back(cadence(every));
  return {.kind = Kind::probe,
          .card = std::move(card),
          .fields = std::move(fields),
          .make = Maker<ProbeModel>(
              [params = std::move(params), every](const Node& node) -> std::shared_ptr<const ProbeModel> {
                return std::make_shared<const MatrixProbe<P>>(
                    bind(params, node), node.id, of_named(text(node, "of", "parameters")), text(node, "block", ""),
                    static_cast<std::uint64_t>(integer(node, "every", every)));
              })};
}

}  // namespace kappa
