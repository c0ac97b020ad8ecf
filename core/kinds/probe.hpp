/// What a probe is: it watches a run through a Frame and emits scalars, spectra or fields on declared channels.
#pragma once

#include <concepts>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/kinds/optimizer.hpp"
#include "core/kinds/slice.hpp"
#include "core/stream/record.hpp"

namespace kappa {

/// Which matrices a spectrum probe looks at. `estimate` is what the problem makes of its blocks (XX'); `momentum` is
/// what the optimizer shows under that name.
enum class Of : std::uint8_t { parameters, gradient, update, estimate, momentum };

struct ProbeSetup {
  const ProblemModel& problem;
  const OptimizerModel& optimizer;
  const Layout& layout;  ///< of the judged iterate
  bool minibatch = false;
  const Slice* slice = nullptr;  ///< the plane that paths are drawn on; null: none
};

struct ProbeChannel {
  ChannelKind kind = ChannelKind::series;  ///< series, spectrum or field
  std::string name;
};

/// The channels, or why this probe does not apply here.
struct Declared {
  std::vector<ProbeChannel> channels = {};
  std::string refusal = {};
  bool after_step = false;  ///< looks at the step itself (update, momentum, what it reports), not at the point alone
};
inline Declared one_series(std::string name) { return {.channels = {{ChannelKind::series, std::move(name)}}}; }
inline Declared one_spectrum(std::string name) { return {.channels = {{ChannelKind::spectrum, std::move(name)}}}; }
inline Declared refused(std::string why) { return {.refusal = std::move(why)}; }

/// What probes see: on arrival at a point its loss and gradient, and once the step is computed, before it is taken, the
/// step too. What several probes need is computed once.
class Frame {
 public:
  struct Parts {
    std::uint64_t t, horizon;
    const Blocks& x;                 ///< the judged iterate
    const Blocks& point;             ///< where the step's gradient was taken
    const Blocks* g = nullptr;       ///< the step's gradient; null at the end or when the step asked for none
    const Blocks* update = nullptr;  ///< null at the end
    double batch_loss = 0;           ///< NaN when there is none
    const OptimizerModel& optimizer;
    const StepLog& log;
    Oracle& oracle;                    ///< all rows, not billed
    std::optional<double> known_loss;  ///< the full loss at x, when the step has computed it already
    const Blocks* known_gradient = nullptr;
    const Slice* slice = nullptr;  ///< as in the setup
    Blocks* room = nullptr;        ///< lent for `gradient`, so that a step asks for no memory
  };
  explicit Frame(Parts parts) : parts_(std::move(parts)) {}
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  const Parts* operator->() const { return &parts_; }
  double loss();                                      ///< full training objective at x
  const Blocks& gradient();                           ///< its full gradient at x
  const arma::mat* matrix(Of of, std::size_t block);  ///< null: there is none at this step
  const arma::vec* singular_values(Of of, std::size_t block);

 private:
  Parts parts_;
  std::optional<double> loss_;
  std::optional<Blocks> own_room_;
  const Blocks* gradient_ = nullptr;
  std::map<std::pair<Of, std::size_t>, arma::mat> matrices_;
  std::map<std::pair<Of, std::size_t>, arma::vec> spectra_;
};

/// False where `ask` throws: what cannot be measured is shown as a gap and never ends a run.
bool attempt(const std::function<void()>& ask);
/// A number, or NaN where asking for it throws.
inline double numeric(const std::function<double()>& ask) {
  double value = 0;
  return attempt([&] { value = ask(); }) ? value : std::numeric_limits<double>::quiet_NaN();
}

/// Emits on the channels that `declare` named, by their index.
class ProbeSink {
 public:
  virtual ~ProbeSink() = default;
  virtual void scalar(std::size_t channel, double value) = 0;
  virtual void spectrum(std::size_t channel, const arma::vec& values) = 0;  ///< descending
  virtual void field(std::size_t channel, std::span<const FieldCell> cells) = 0;
};

class ProbeModel {
 public:
  virtual ~ProbeModel() = default;
  virtual std::uint64_t every() const = 0;
  virtual Declared declare(const ProbeSetup& setup) const = 0;
  virtual void measure(Frame& frame, ProbeSink& sink) const = 0;
};

template <class P>
concept ProbeMethod = std::default_initializable<P> &&
    requires(const P p, const ProbeSetup& setup, Frame& frame, ProbeSink& sink) {
  { p.declare(setup) } -> std::same_as<Declared>;
  p.measure(frame, sink);
};

template <class P>
class ProbeHolder final : public ProbeModel {
 public:
  ProbeHolder(P p, std::uint64_t every) : p_(std::move(p)), every_(every) {}
  std::uint64_t every() const override { return every_; }
  Declared declare(const ProbeSetup& setup) const override { return p_.declare(setup); }
  void measure(Frame& frame, ProbeSink& sink) const override { p_.measure(frame, sink); }

 private:
  P p_;
  std::uint64_t every_;
};

/// How often a probe looks.
inline Field cadence(std::int64_t every) {
  return {.id = "every",
          .symbol = "",
          .unit = "steps",
          .help = "measured at steps 0, k, 2k, ... and at the last",
          .domain = count(1, 1'000'000'000, true),
          .initial = every};
}

/// Registers a probe; `every` (cadence in steps) is added to its fields with the given default.
template <ProbeMethod P>
Method probe(Card card, Params<P> params, std::int64_t every = 1) {
  std::vector<Field> fields = fields_of(params);
  fields.push_back(cadence(every));
  return {.kind = Kind::probe,
          .card = std::move(card),
          .fields = std::move(fields),
          .make = Maker<ProbeModel>(
              [params = std::move(params), every](const Node& node) -> std::shared_ptr<const ProbeModel> {
                return std::make_shared<const ProbeHolder<P>>(
                    bind(params, node), static_cast<std::uint64_t>(integer(node, "every", every)));
              })};
}

/// A probe that is one number of one matrix: `double of(const arma::mat& w, const arma::vec& s) const`, s its singular
/// values, or `double of(const arma::mat& w) const`. Fields `of` and `block` are added; series are
/// `[gradient_|update_|estimate_|momentum_]ID[:block]`.
template <class P>
Method matrix_probe(Card card, Params<P> params = {}, std::int64_t every = 10);

/// The matrices that `of` and `block` choose in this setup: their indices and the series names for `id`.
struct Chosen {
  std::vector<std::size_t> blocks;
  std::vector<std::string> names;
  std::string refusal;
};
Chosen choose_matrices(const ProbeSetup& setup, Of of, const std::string& block, std::string_view id,
                       bool always_name_block);
std::vector<Field> matrix_fields();

}  // namespace kappa

#include "core/kinds/matrix_probe.hpp"  // IWYU pragma: keep
