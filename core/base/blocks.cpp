/// Views over one buffer, gathered and scattered by block.
#include "core/base/blocks.hpp"

#include <utility>

namespace kappa {

Layout::Layout(std::vector<BlockShape> shapes) : shapes_(std::move(shapes)) {
  for (BlockShape& shape : shapes_) {
    shape.offset = size_;
    size_ += shape.rows * shape.cols;
  }
}

Blocks::Blocks(std::vector<BlockShape> shapes) : Blocks(std::make_shared<const Layout>(std::move(shapes))) {}

Blocks::Blocks(std::shared_ptr<const Layout> layout)
    : layout_(std::move(layout)), data_(layout_->size(), arma::fill::zeros) {}

arma::mat Blocks::block(std::size_t i) & {
  const BlockShape& s = shape(i);
  return arma::mat(data_.memptr() + s.offset, s.rows, s.cols, false, true);
}

const arma::mat Blocks::block(std::size_t i) const& {
  const BlockShape& s = shape(i);
  return arma::mat(const_cast<double*>(data_.memptr()) + s.offset, s.rows, s.cols, false, true);
}

Blocks zeros_like(const Blocks& x) { return x.layout() ? Blocks(x.layout()) : Blocks(); }

bool all_finite(const Blocks& x) { return x.flat().is_finite(); }

Blocks single_block(std::string name, const arma::mat& value) {
  Blocks out({{std::move(name), value.n_rows, value.n_cols, value.n_cols == 1 ? Role::vector : Role::hidden}});
  out.flat() = arma::vectorise(value);
  return out;
}

Blocks gather(const Blocks& x, const std::vector<std::size_t>& indices) {
  std::vector<BlockShape> shapes;
  for (const std::size_t i : indices) shapes.push_back(x.shape(i));
  Blocks part(std::move(shapes));
  for (std::size_t k = 0; k < indices.size(); ++k) part.block(k) = x.block(indices[k]);
  return part;
}

void scatter(const Blocks& part, const std::vector<std::size_t>& indices, Blocks& x) {
  for (std::size_t k = 0; k < indices.size(); ++k) x.block(indices[k]) = part.block(k);
}

}  // namespace kappa
