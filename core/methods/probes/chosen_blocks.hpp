/// What probes of whole matrices share: which matrices are looked at, and the channel that each has.
#pragma once

#include <string>
#include <string_view>

#include "core/kinds/probe.hpp"

namespace kappa::probes {

struct ChosenBlocks {
  Of of = Of::parameters;
  std::string block;

  /// One channel for each matrix, named ID or ID:block; `always_name_block` even where there is only one.
  Declared channels(const ProbeSetup& setup, std::string_view id, ChannelKind kind, bool always_name_block) const {
    const Chosen chosen = choose_matrices(setup, of, block, id, always_name_block);
    Declared declared{.refusal = chosen.refusal, .after_step = of == Of::update || of == Of::momentum};
    for (const std::string& name : chosen.names) declared.channels.push_back({kind, name});
    return declared;
  }
  /// f(channel, i) for the i-th matrix of the frame, in the order of `channels`.
  template <class F>
  void each(const Frame& frame, F&& f) const {
    std::size_t channel = 0;
    const std::size_t count = of == Of::estimate ? 1 : frame->x.count();
    for (std::size_t i = 0; i < count; ++i)
      if (of == Of::estimate || block.empty() || frame->x.shape(i).name == block) f(channel++, i);
  }
};

/// The two settings as fields of a probe P.
template <class P>
Params<P> block_fields() {
  return {
      {static_cast<Of P::*>(&P::of), "of", "", choices({"parameters", "gradient", "update", "estimate", "momentum"}),
       "which matrices: the parameters, the step's gradient or update, the problem's estimate, the momentum"},
      {static_cast<std::string P::*>(&P::block), "block", "", Text{},
       "only the block of this name; empty: every block"}};
}

}  // namespace kappa::probes
