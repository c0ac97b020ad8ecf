/// The project's own sources, for tests that look at them.
#pragma once
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

namespace kappa::support {

inline std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Paths, relative to the source tree and sorted, of the .cpp and .hpp files (templates included) below these folders.
inline std::vector<std::string> sources(std::initializer_list<std::string> folders) {
  namespace fs = std::filesystem;
  const fs::path root = KAPPA_SOURCE_DIR;
  std::vector<std::string> found;
  for (const std::string& folder : folders) {
    if (!fs::exists(root / folder)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string path = fs::relative(entry.path(), root).string();
      static const std::regex source(R"(.*\.[ch]pp(\.in)?)");
      if (entry.is_regular_file() && std::regex_match(path, source)) found.push_back(path);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

inline std::vector<std::string> lines(const std::string& path) {
  std::ifstream in(std::filesystem::path(KAPPA_SOURCE_DIR) / path);
  std::vector<std::string> all;
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

/// "path:line: text" of every line that matches, in the given files.
inline std::vector<std::string> matches(const std::vector<std::string>& paths, const std::regex& pattern) {
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    const std::vector<std::string> text = lines(path);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (std::regex_search(text[i], pattern)) found.push_back(path + ":" + std::to_string(i + 1) + ": " + text[i]);
    }
  }
  return found;
}

}  // namespace kappa::support
