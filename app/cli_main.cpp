/// kappascope-cli: the lab without a window, for scripts, clusters and tests.
#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/verbs.hpp"

int main(int argc, char** argv) {
  using namespace kappa::cli;
  CLI::App app("Kappascope: optimization experiments with their papers' theory beside the measured curve",
               "kappascope-cli");
  app.set_version_flag("--version", std::string("kappascope-cli ") + std::string(kappa::kappascope_version));
  app.require_subcommand(1);
  app.footer(
      "Exit status: 0 done; 1 a claim failed; 2 bad usage or document; 3 a file could not be read or written;\n"
      "4 every run diverged or failed; 130 interrupted.");
  const std::vector<Verb> verbs = {add_run(app),    add_check(app), add_list(app), add_describe(app),
                                   add_schema(app), add_data(app),  add_new(app)};
  const std::vector<std::string> names = {"run", "check", "list", "describe", "schema", "data", "new"};
  if (argc > 1 && argv[1][0] != '-' && std::find(names.begin(), names.end(), argv[1]) == names.end()) {
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string_view near = kappa::nearest(argv[1], known);
    return complain({{argv[1], "is not a command; --help lists them",
                      near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?"}});
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? done : bad_input;
  }
  for (std::size_t i = 0; i < verbs.size(); ++i)
    if (app.got_subcommand(names[i])) return verbs[i]();
  return bad_input;
}
