/// The command-line program as users meet it: a process with a working folder, an exit status and two streams.
#pragma once

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/scratch.hpp"
#include "tests/support/shell.hpp"

namespace kappa::test {

struct Spoken {
  int status = -1;
  std::string out, err;
};

inline std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// The program just built, or the one that KAPPA_CLI names.
inline std::string program() {
  const char* named = std::getenv("KAPPA_CLI");
  return named != nullptr ? named : KAPPA_CLI_PATH;
}

/// A folder in which the program is called; everything in it is gone when the test ends.
class Desk {
 public:
  /// `arguments` as a shell writes them. Killed after `limit` seconds, which shows as status 124.
  Spoken run(const std::string& arguments, int limit = 60, const std::string& environment = "") const {
    const std::string line = "cd " + quoted(folder_.path()) + " && " + environment + " timeout -k 1 " +
                             std::to_string(limit) + " " + quoted(program()) + " " + arguments + " >" +
                             quoted(folder_ / ".out") + " 2>" + quoted(folder_ / ".err") + " </dev/null";
    Spoken spoken;
    spoken.status = support::shell(line).status;
    spoken.out = contents(folder_ / ".out");
    spoken.err = contents(folder_ / ".err");
    return spoken;
  }
  support::Said shell(const std::string& command) const {
    return support::shell("cd " + quoted(folder_.path()) + " && CLI=" + quoted(program()) + "\n" + command);
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const { return contents(folder_ / name); }
  bool has(const std::string& name) const { return std::filesystem::exists(folder_ / name); }
  std::string path(const std::string& name) const { return folder_ / name; }

  /// Names of all files below a folder, pictures by their folder alone.
  std::set<std::string> files(const std::string& name) const {
    std::set<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / name))
      all.insert(entry.path().filename().string());
    return all;
  }

 private:
  ScratchDirectory folder_;
};

inline std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// A descent in 40 lines of results: two optimizers on a small regression with minibatches.
inline std::string small_document(const std::string& more = "", const std::string& steps = "40") {
  return R"({"kappascope": 1, )" + more + R"("seed": 7, "steps": )" + steps + R"(,
    "problem": {"type": "linear_regression", "samples": 30, "features": 5, "condition_number": 10},
    "batch": {"size": 10},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 0.3}},
             {"label": "Adam", "optimizer": {"type": "adam", "learning_rate": 0.05}}],
    "probes": [{"type": "loss"}, {"type": "parameters", "every": 5}, {"type": "error_spectrum", "every": 10}]})";
}

/// The same with no end in sight.
inline std::string endless_document() {
  return R"({"kappascope": 1, "steps": 1000000000, "problem": {"type": "quadratic", "dimension": 20},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 1e-9}}], "probes": [{"type": "loss", "every": 1000}]})";
}

}  // namespace kappa::test
