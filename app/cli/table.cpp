/// Columns as wide as their widest cell.
#include "app/cli/table.hpp"

#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace kappa::cli {

namespace {

/// Columns a terminal needs: code points, escape sequences left out.
std::size_t width(const std::string& text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\033') {
      while (i < text.size() && text[i] != 'm') ++i;
      continue;
    }
    columns += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
  }
  return columns;
}

bool colour() { return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr; }

}  // namespace

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line += std::string(widths[i] - width(row[i]) + 2, ' ');
    }
    out += line + "\n";
  }
  return out;
}

std::string number_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string verdict_text(const std::optional<bool>& holds) {
  const bool paint = colour();
  if (!holds) return "unknown";
  if (*holds) return paint ? "\033[32mholds\033[0m" : "holds";
  return paint ? "\033[31mFAILS\033[0m" : "FAILS";
}

}  // namespace kappa::cli
