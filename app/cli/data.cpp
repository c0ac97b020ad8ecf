/// `data`: a document's data, start and batches as CSV.
#include <cstdio>
#include <memory>

#include "app/cli/verbs.hpp"

namespace kappa::cli {

Verb add_data(CLI::App& app) {
  struct Options {
    std::string file, out;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("data", "Write the problem's data and initial point as CSV");
  verb->add_option("FILE", options->file, "document, or built-in experiment")->required();
  verb->add_option("--out", options->out, "directory")->required();
  return [options] {
    std::string name;
    const auto opened = open_experiment(options->file, name);
    if (const Issues* issues = issues_of(opened)) return complain(*issues);
    const auto written = dump_data(complete(std::get<Document>(opened)), options->out);
    if (const Issues* issues = issues_of(written)) return complain(*issues);
    for (const std::string& path : std::get<std::vector<std::string>>(written)) std::printf("%s\n", path.c_str());
    return static_cast<int>(done);
  };
}

}  // namespace kappa::cli
