/// Reads the header of a .npy file strictly, and its numbers in pieces.
#include "core/random/npy.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/text.hpp"
#include "core/random/cells.hpp"
#include "core/trace/number.hpp"

namespace kappa {
namespace {

struct Header {
  char order = '<', type = 'f';
  std::size_t bytes = 8;
  bool fortran = false;
  std::vector<std::uint64_t> shape;
  std::uint64_t begin = 0;  ///< where the numbers begin
};

DataError trouble(const std::string& path, std::string message, std::string hint = "") {
  return {{path, std::move(message), std::move(hint)}};
}

/// What follows 'key': in the header's dictionary.
std::optional<std::string_view> entry(std::string_view text, std::string_view key) {
  const std::string quoted = "'" + std::string(key) + "'";
  std::size_t at = text.find(quoted);
  if (at == std::string_view::npos) return {};
  at = text.find_first_not_of(" ", at + quoted.size());
  if (at == std::string_view::npos || text[at] != ':') return {};
  at = text.find_first_not_of(" ", at + 1);
  return at == std::string_view::npos ? std::nullopt : std::optional(text.substr(at));
}

void read_type(const std::string& path, std::string_view descr, Header& header) {
  const std::string_view kinds[] = {"f8", "f4", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"};
  const std::size_t close = descr.size() > 1 ? descr.find('\'', 1) : std::string_view::npos;
  const bool plain = descr.starts_with('\'') && close == 4 && std::strchr("<>|=", descr[1]) != nullptr &&
                     std::find(std::begin(kinds), std::end(kinds), descr.substr(2, 2)) != std::end(kinds);
  if (!plain)
    throw trouble(path,
                  "its numbers are of type " + in_quotes(descr.substr(0, std::min(descr.find(", '"), descr.size()))) +
                      "; floats of 4 or 8 bytes, integers and booleans can be read",
                  "save it as float64: np.save(path, a.astype(float))");
  const char native = std::endian::native == std::endian::little ? '<' : '>';
  header.order = descr[1] == '=' || descr[1] == '|' ? native : descr[1];
  header.type = descr[2];
  header.bytes = static_cast<std::size_t>(descr[3] - '0');
}

void read_shape(const std::string& path, std::string_view text, Header& header) {
  const std::size_t close = text.find(')');
  if (!text.starts_with('(') || close == std::string_view::npos) throw trouble(path, "its header names no shape");
  for (std::size_t at = 1; at < close;) {
    if (text[at] == ' ' || text[at] == ',' || text[at] == 'L') {
      ++at;
      continue;
    }
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + close, size);
    if (error != std::errc()) throw trouble(path, "its header names no shape");
    header.shape.push_back(size);
    at = static_cast<std::size_t>(end - text.data());
  }
  if (header.shape.empty() || header.shape.size() > 2)
    throw trouble(path, "has " + std::to_string(header.shape.size()) + " dimensions; 1 or 2 can be read");
}

Header read_header(const std::string& path, std::ifstream& in) {
  unsigned char start[8] = {};
  in.read(reinterpret_cast<char*>(start), sizeof start);
  if (!in || std::memcmp(start, "\x93NUMPY", 6) != 0)
    throw trouble(path, "is not a .npy file", "write it with np.save");
  const unsigned version = start[6];
  if (version < 1 || version > 3)
    throw trouble(path, "is of .npy version " + std::to_string(version) + "; 1 to 3 can be read");
  const std::size_t width = version == 1 ? 2 : 4;
  unsigned char size[4] = {};
  in.read(reinterpret_cast<char*>(size), static_cast<std::streamsize>(width));
  const std::size_t length = size[0] | size[1] << 8 | size[2] << 16 | static_cast<std::size_t>(size[3]) << 24;
  if (!in || length > (std::size_t{1} << 20)) throw trouble(path, "is cut off or damaged in its header");
  std::string text(length, ' ');
  in.read(text.data(), static_cast<std::streamsize>(length));
  if (!in) throw trouble(path, "is cut off in its header");

  Header header;
  const auto descr = entry(text, "descr"), fortran = entry(text, "fortran_order"), shape = entry(text, "shape");
  if (!descr || !fortran || !shape) throw trouble(path, "its header names no type, order or shape");
  read_type(path, *descr, header);
  header.fortran = fortran->starts_with("True");
  read_shape(path, *shape, header);
  header.begin = sizeof start + width + length;
  return header;
}

template <class T>
double number_at(const unsigned char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return static_cast<double>(value);
}

double number(const Header& header, unsigned char* bytes) {
  const char native = std::endian::native == std::endian::little ? '<' : '>';
  if (header.order != native) std::reverse(bytes, bytes + header.bytes);
  if (header.type == 'f') return header.bytes == 8 ? number_at<double>(bytes) : number_at<float>(bytes);
  if (header.type == 'b') return *bytes != 0 ? 1.0 : 0.0;
  const bool is_signed = header.type == 'i';
  switch (header.bytes) {
    case 1:
      return is_signed ? number_at<std::int8_t>(bytes) : number_at<std::uint8_t>(bytes);
    case 2:
      return is_signed ? number_at<std::int16_t>(bytes) : number_at<std::uint16_t>(bytes);
    case 4:
      return is_signed ? number_at<std::int32_t>(bytes) : number_at<std::uint32_t>(bytes);
    default:
      return is_signed ? number_at<std::int64_t>(bytes) : number_at<std::uint64_t>(bytes);
  }
}

}  // namespace

NpyArray read_npy(const std::string& path) {
  std::ifstream in = open_data(path);
  const Header header = read_header(path, in);
  const std::uint64_t rows = header.shape[0], cols = header.shape.size() == 2 ? header.shape[1] : 1;
  const double expected = static_cast<double>(rows) * static_cast<double>(cols) * static_cast<double>(header.bytes);
  const double found = static_cast<double>(std::filesystem::file_size(path)) - static_cast<double>(header.begin);
  if (found != expected)
    throw trouble(path, found < expected ? "is cut off: its header promises more numbers than it holds"
                                         : "holds more than the one array of its header");

  NpyArray out{arma::mat(rows, cols, arma::fill::none), static_cast<int>(header.shape.size())};
  std::vector<unsigned char> piece(header.bytes * 65536);
  const std::uint64_t count = rows * cols;
  for (std::uint64_t k = 0; k < count;) {
    const std::uint64_t n = std::min<std::uint64_t>(65536, count - k);
    in.read(reinterpret_cast<char*>(piece.data()), static_cast<std::streamsize>(n * header.bytes));
    if (!in) throw DataError{{path, "could not be read to its end", "", Trouble::file}};
    for (std::uint64_t i = 0; i < n; ++i, ++k) {
      const std::uint64_t row = header.fortran ? k % rows : k / cols, col = header.fortran ? k / rows : k % cols;
      const double value = number(header, piece.data() + i * header.bytes);
      if (!std::isfinite(value)) {
        std::string name;
        append_number(name, value);
        throw trouble(path, "row " + std::to_string(row) + ", column " + std::to_string(col) + " (from 0): " + name +
                                " is not a finite number");
      }
      out.values(row, col) = value;
    }
  }
  return out;
}

}  // namespace kappa
