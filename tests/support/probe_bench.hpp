/// Shows one frame to one probe and keeps what it emits, by channel name.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/kinds/probe.hpp"
#include "tests/support/bowl.hpp"

namespace kappa::test {

/// An optimizer whose needs and learning rate a test chooses.
struct Still final : OptimizerModel {
  Needs asks = Needs::gradient;
  std::optional<double> rate;
  AnyState init(const Blocks&) const override { return AnyState::of(0); }
  Step step(AnyState&, const StepContext&, Blocks&) const override { return Step::done; }
  bool judges_another() const override { return false; }
  const Blocks& iterate(const AnyState&, const Blocks& x) const override { return x; }
  Law laws() const override { return Law::none; }
  Needs needs() const override { return asks; }
  std::optional<double> value(std::string_view field, std::uint64_t t, std::uint64_t) const override {
    return field == "learning_rate" && rate ? std::optional(*rate / static_cast<double>(t + 1)) : std::nullopt;
  }
};

struct Emitted {
  std::string refusal;
  std::vector<std::string> channels;
  std::map<std::string, double> scalars;
  std::map<std::string, arma::vec> spectra;
  std::map<std::string, std::vector<FieldCell>> fields;
};

struct Bench {
  std::shared_ptr<const ProblemModel> problem;
  Blocks x;
  std::optional<Blocks> g, update;
  StepLog log;
  Still optimizer;
  std::uint64_t t = 3;
  double batch_loss = 0;

  Emitted show(const Node& node) const { return show(*make_probe(node)); }
  Emitted show(const ProbeModel& probe) const {
    Emitted out;
    const Declared declared = probe.declare({*problem, optimizer, *x.layout(), false});
    out.refusal = declared.refusal;
    if (!out.refusal.empty()) return out;
    for (const ProbeChannel& channel : declared.channels) out.channels.push_back(channel.name);
    Oracle oracle(*problem, 1, static_cast<Needs>(~0u), nullptr, nullptr);
    oracle.begin(t, {});
    Frame frame({.t = t,
                 .horizon = 10,
                 .x = x,
                 .point = x,
                 .g = g ? &*g : nullptr,
                 .update = update ? &*update : nullptr,
                 .batch_loss = batch_loss,
                 .optimizer = optimizer,
                 .log = log,
                 .oracle = oracle,
                 .known_loss = std::nullopt});
    Keeper keeper(out);
    probe.measure(frame, keeper);
    return out;
  }

 private:
  struct Keeper final : ProbeSink {
    explicit Keeper(Emitted& emitted) : out(emitted) {}
    void scalar(std::size_t channel, double value) override { out.scalars[out.channels.at(channel)] = value; }
    void spectrum(std::size_t channel, const arma::vec& values) override {
      out.spectra[out.channels.at(channel)] = values;
    }
    void field(std::size_t channel, std::span<const FieldCell> cells) override {
      out.fields[out.channels.at(channel)].assign(cells.begin(), cells.end());
    }
    Emitted& out;
  };
};

/// Two blocks W (2 x 3) and v (a vector of 2), at the bowl's centre plus known offsets; the identity as Hessian.
inline Bench two_blocks() {
  Blocks center({{"W", 2, 3, Role::hidden}, {"v", 2, 1, Role::vector}});
  Bench bench;
  bench.x = center;
  bench.x.flat() = arma::vec{3, 0, 0, 4, 0, 0, 5, 12};  // W = [3 0 0; 0 4 0], v = (5, 12)
  bench.g = bench.x;
  bench.g->flat() *= 2;
  bench.update = bench.x;
  bench.update->flat() *= -0.5;
  bench.batch_loss = 17;
  bench.problem = model_of(Bowl{.h = arma::mat(8, 8, arma::fill::eye),
                                .center = center,
                                .minimum = 1,
                                .truth_matrix = arma::diagmat(arma::vec{9, 15})});
  return bench;
}

inline Node probe_node(std::string id, std::map<std::string, Value, std::less<>> params = {}) {
  return {Kind::probe, std::move(id), std::move(params)};
}

}  // namespace kappa::test
