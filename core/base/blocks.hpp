/// A point in parameter space: named matrices that share one layout and one contiguous buffer.
#pragma once

#include <armadillo>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kappa {

/// What a block is in its model; Muon-like methods send `vector` blocks to their fallback.
enum class Role : std::uint8_t { hidden, first, last, vector };

struct BlockShape {
  std::string name;
  arma::uword rows = 0, cols = 0;
  Role role = Role::hidden;
  arma::uword offset = 0;  ///< set by Layout
};

class Layout {
 public:
  explicit Layout(std::vector<BlockShape> shapes);
  const std::vector<BlockShape>& shapes() const { return shapes_; }
  arma::uword size() const { return size_; }

 private:
  std::vector<BlockShape> shapes_;
  arma::uword size_ = 0;
};

/// Column-major blocks, one after another. Views made by `block` must not be stored: a copy's buffer is another one.
class Blocks {
 public:
  Blocks() = default;
  explicit Blocks(std::vector<BlockShape> shapes);
  explicit Blocks(std::shared_ptr<const Layout> layout);  ///< zeros

  arma::vec& flat() { return data_; }
  const arma::vec& flat() const { return data_; }
  std::size_t count() const { return layout_ ? layout_->shapes().size() : 0; }
  const BlockShape& shape(std::size_t i) const { return layout_->shapes()[i]; }
  arma::mat block(std::size_t i) &;
  const arma::mat block(std::size_t i) const&;
  void block(std::size_t i) const&& = delete;  ///< it would look at a buffer that is about to go
  const std::shared_ptr<const Layout>& layout() const { return layout_; }

 private:
  std::shared_ptr<const Layout> layout_;
  arma::vec data_;
};

Blocks zeros_like(const Blocks& x);
bool all_finite(const Blocks& x);

/// One block named `name`; a single column has the role `vector`.
Blocks single_block(std::string name, const arma::mat& value);

/// The blocks of `x` whose index is listed, as a point of its own; `scatter` writes them back.
Blocks gather(const Blocks& x, const std::vector<std::size_t>& indices);
void scatter(const Blocks& part, const std::vector<std::size_t>& indices, Blocks& x);

}  // namespace kappa
