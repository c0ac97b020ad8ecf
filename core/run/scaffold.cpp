/// Copies the shortest method of a kind under a new name: file, entry function and type change together.
#include "core/run/scaffold.hpp"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "core/trace/disk.hpp"

namespace kappa {

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string pascal(const std::string& name) {
  std::string out;
  bool up = true;
  for (const char c : name) {
    if (c == '_') {
      up = true;
      continue;
    }
    out += up ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    up = false;
  }
  return out;
}

fs::path smallest(const fs::path& folder) {
  fs::path best;
  std::size_t size = ~std::size_t{0};
  std::error_code error;
  for (const auto& file : fs::directory_iterator(folder, error)) {
    const auto path = file.path();
    if (path.extension() != ".cpp" || path.stem().string().ends_with('_')) continue;
    const std::size_t bytes = file.file_size();
    if (bytes < size || (bytes == size && path < best)) {
      size = bytes;
      best = path;
    }
  }
  return best;
}

}  // namespace

Checked<std::string> scaffold(const std::string& root, Kind kind, const std::string& name) {
  if (!std::regex_match(name, std::regex("[a-z][a-z0-9]*(_[a-z0-9]+)*")))
    return Issues{{name, "is not a snake_case name", "such as my_method", Trouble::input}};
  const fs::path folder = fs::path(root) / "core" / "methods" / plural_of(kind);
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return Issues{{folder.string(), "there is no such folder: run this in a source tree", "", Trouble::file}};
  const fs::path path = folder / (name + ".cpp");
  if (fs::exists(path, error)) return Issues{{path.string(), "exists already", "", Trouble::input}};
  const fs::path model = smallest(folder);
  if (model.empty()) return Issues{{folder.string(), "there is no method to copy", "", Trouble::file}};
  const std::string old = model.stem().string();
  std::string text = read(model);
  text = std::regex_replace(text, std::regex("\\bMethod " + old + "\\("), "Method " + name + "(");
  text = std::regex_replace(text, std::regex("\\b" + pascal(old) + "\\b"), pascal(name));
  const std::size_t line = text.find('\n');
  text.replace(0, line == std::string::npos ? text.size() : line,
               "/// " + pascal(name) + ": one sentence that says what it does.");
  if (auto issue = atomic_write(path.string(), text)) return Issues{*issue};
  return path.string();
}

}  // namespace kappa
