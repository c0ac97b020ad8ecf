/// Documents and runs for tests of the engine: parsed as users' are, run in memory or into a folder.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "core/run/runner.hpp"
#include "core/spec/document.hpp"

namespace kappa::testing {

inline Document document_of(const std::string& json) {
  auto parsed = parse_document(json);
  if (const Issues* issues = issues_of(parsed)) throw std::runtime_error(to_string(issues->front()));
  return complete(std::get<Document>(parsed));
}

/// A small descent; `more` is spliced in after the seed.
inline std::string small_race(const std::string& more = "", const std::string& steps = "60") {
  return R"({"kappascope": 1, "study": "descent", "seed": 7, )" + more + R"("steps": )" + steps + R"(,
    "problem": {"type": "linear_regression", "samples": 40, "features": 6, "condition_number": 10},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 0.3}},
             {"label": "Adam", "optimizer": {"type": "adam", "learning_rate": 0.05}}],
    "probes": [{"type": "loss"}, {"type": "gradient_norm"}, {"type": "singular_values", "of": "parameters", "every": 5}]})";
}

inline std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// series.csv, spectra.csv, cost.csv, parameters.csv and theory.csv of a results directory, one after another.
inline std::string tables_of(const std::string& directory) {
  std::string all;
  for (const char* name : {"series", "spectra", "cost", "curves", "fields", "theory", "parameters"})
    all += std::string("== ") + name + "\n" + file_text(directory + "/" + name + ".csv");
  return all;
}

}  // namespace kappa::testing
