/// Plain tables for standard output, aligned by what a terminal shows rather than by bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace kappa::cli {

class Table {
 public:
  explicit Table(std::vector<std::string> head) { rows_.push_back(std::move(head)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  std::size_t size() const { return rows_.size() - 1; }
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// Four significant digits, or fewer.
std::string number_text(double value);

/// "holds", "FAILS", "unknown"; green and red on a terminal that wants colour.
std::string verdict_text(const std::optional<bool>& holds);

}  // namespace kappa::cli
