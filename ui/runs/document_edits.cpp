/// Keeps references whole while runs come, go and change their names.
#include "ui/runs/document_edits.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "ui/forms/wording.hpp"
#include "ui/runs/view_keys.hpp"

namespace kappa::ui {
namespace {

bool hasLabel(const Document& document, const std::string& label) {
  return std::any_of(document.runs.begin(), document.runs.end(), [&](const RunSpec& r) { return r.label == label; });
}

/// The run that "/runs/3/optimizer/..." or "/runs/3" points at.
std::optional<std::size_t> runOf(const std::string& pointer) {
  const std::string_view head = "/runs/";
  if (!pointer.starts_with(head)) return std::nullopt;
  std::size_t run = 0, at = head.size();
  if (at == pointer.size()) return std::nullopt;
  for (; at < pointer.size() && pointer[at] != '/'; ++at) {
    if (pointer[at] < '0' || pointer[at] > '9') return std::nullopt;
    run = 10 * run + static_cast<std::size_t>(pointer[at] - '0');
  }
  return run;
}

void movePointer(std::string& pointer, std::size_t to) {
  const std::size_t slash = pointer.find('/', 6);
  pointer = "/runs/" + std::to_string(to) + (slash == std::string::npos ? "" : pointer.substr(slash));
}

/// Pointers after a run came (+1) or went (-1) at `at`; those of a run that went are dropped.
void shiftPointers(Document& document, std::size_t at, int by) {
  const auto shift = [&](std::string& pointer) {
    const auto run = runOf(pointer);
    if (!run || *run < at) return true;
    if (by < 0 && *run == at) return false;
    movePointer(pointer, by > 0 ? *run + 1 : *run - 1);
    return true;
  };
  std::erase_if(document.events, [&](EventSpec& event) { return !shift(event.path); });
  std::erase_if(document.sweep, [&](SweepAxis& axis) { return !shift(axis.path); });
}

/// What a claim says of runs: its field `run`, `against`, and the list `runs`.
bool names(const Node& claim, const std::string& label) {
  for (const auto& [key, value] : claim.params) {
    if (const auto* text = std::get_if<std::string>(&value);
        text && (key == "run" || key == "against") && *text == label)
      return true;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value); list && key == "runs")
      if (std::find(list->begin(), list->end(), label) != list->end()) return true;
  }
  return false;
}

void rename(Node& claim, const std::string& from, const std::string& to) {
  for (auto& [key, value] : claim.params) {
    if (auto* text = std::get_if<std::string>(&value); text && (key == "run" || key == "against") && *text == from)
      *text = to;
    if (auto* list = std::get_if<std::vector<std::string>>(&value); list && key == "runs")
      std::replace(list->begin(), list->end(), from, to);
  }
}

std::string titleOf(const std::string& optimizer) {
  const Entry* entry = Catalog::get().find(Kind::optimizer, optimizer);
  return entry ? entry->card.title : optimizer;
}

}  // namespace

Document freshDocument() {
  Document document;
  document.title = "Untitled experiment";
  document.steps = 300;
  document.problem = {Kind::problem, "quadratic", {{"dimension", std::int64_t{30}}}};
  document.runs = {{.label = titleOf("gradient_descent"),
                    .optimizer = {Kind::optimizer, "gradient_descent", {{"learning_rate", 1.0}}}}};
  return complete(document);
}

Document freshStudy(const Entry& study) {
  Document document;
  document.study = study.id;
  document.title = study.card.title;
  document.about = {study.card.question, study.card.look_for, study.card.group, {}};
  document.settings = {Kind::study, study.id, {}};
  return complete(document);
}

std::string freeLabel(const Document& document, const std::string& wanted) {
  if (!hasLabel(document, wanted)) return wanted;
  for (int i = 2;; ++i)
    if (std::string label = wanted + " " + std::to_string(i); !hasLabel(document, label)) return label;
}

Document withRunAdded(Document document, const std::string& optimizer) {
  RunSpec run;
  run.label = freeLabel(document, titleOf(optimizer));
  run.optimizer = complete_node({Kind::optimizer, optimizer, {}});
  document.runs.push_back(std::move(run));
  return document;
}

Document withRunDuplicated(Document document, std::size_t run) {
  RunSpec copy = document.runs.at(run);
  copy.label = freeLabel(document, copy.label);
  shiftPointers(document, run + 1, +1);
  document.runs.insert(document.runs.begin() + static_cast<std::ptrdiff_t>(run) + 1, std::move(copy));
  return document;
}

Document withFork(Document document, std::size_t run, std::uint64_t step) {
  RunSpec fork;
  const std::string& parent = document.runs.at(run).label;
  const QString label = QCoreApplication::translate("document_edits", "%1 from %2");
  fork.label = freeLabel(document, label.arg(QString::fromStdString(parent)).arg(step).toStdString());
  fork.optimizer = {Kind::optimizer, "", {}};
  fork.fork = ForkSpec{parent, step};
  document.runs.push_back(std::move(fork));
  return document;
}

Document withRunRemoved(Document document, std::size_t run) {
  const std::string label = document.runs.at(run).label;
  shiftPointers(document, run, -1);
  document.runs.erase(document.runs.begin() + static_cast<std::ptrdiff_t>(run));
  std::erase_if(document.claims, [&](const Node& claim) { return names(claim, label); });
  renameInView(document, label, {});
  const auto forked = [&](const RunSpec& r) { return r.fork && r.fork->run == label; };
  for (auto fork = std::find_if(document.runs.begin(), document.runs.end(), forked); fork != document.runs.end();
       fork = std::find_if(document.runs.begin(), document.runs.end(), forked))
    document = withRunRemoved(document, static_cast<std::size_t>(fork - document.runs.begin()));
  return document;
}

Document withRunRenamed(Document document, std::size_t run, const std::string& label) {
  const std::string old = document.runs.at(run).label;
  document.runs[run].label = label;
  for (RunSpec& other : document.runs)
    if (other.fork && other.fork->run == old) other.fork->run = label;
  for (Node& claim : document.claims) rename(claim, old, label);
  renameInView(document, old, label);
  return document;
}

Node optimizerAtStart(const Document& document, std::size_t run) {
  const auto& fork = document.runs.at(run).fork;
  return optimizer_before(document, run, fork ? fork->step : 0);
}

Document withOptimizer(Document document, std::size_t run, const Node& optimizer) {
  RunSpec& own = document.runs.at(run);
  if (own.optimizer.id != optimizer.id && !own.fork)
    std::erase_if(document.events, [&](const EventSpec& e) { return !e.stop && runOf(e.path) == run; });
  own.optimizer = optimizer;
  for (std::size_t parent = 0; own.fork && parent < document.runs.size(); ++parent) {
    if (document.runs[parent].label != own.fork->run) continue;
    const Node whole = complete_node(optimizer_before(document, parent, own.fork->step));
    if (whole.id != optimizer.id) break;  // another method starts with fresh memory and all its own fields
    own.optimizer.id.clear();
    std::erase_if(own.optimizer.params, [&](const auto& param) {
      const auto same = whole.params.find(param.first);
      return same != whole.params.end() && equal(same->second, param.second);
    });
  }
  return document;
}

/// Runs that override another problem keep nothing of the old one.
Document withProblem(Document document, const Node& problem) {
  const bool other = document.problem.id != problem.id;
  const Node before = document.problem;
  document.problem = problem;
  for (RunSpec& run : document.runs) {
    if (!run.problem) continue;
    if (other) {
      run.problem.reset();
      continue;
    }
    for (const auto& [key, value] :
         problem.params) {  // what the run shared with the old problem it shares with the new
      const auto own = run.problem->params.find(key);
      const auto old = before.params.find(key);
      const bool both = own != run.problem->params.end() && old != before.params.end();
      if (both && equal(own->second, old->second)) own->second = value;
    }
  }
  return document;
}

bool differInResults(const Document& a, const Document& b) {
  const auto essence = [](Document document) {
    document.title = document.note = document.view = {};
    document.about = {};
    return write_document(document);
  };
  return essence(a) != essence(b);
}

QString tellingOf(const Node& optimizer) {
  const Entry* entry = Catalog::get().find(Kind::optimizer, optimizer.id);
  if (!entry) return {};
  QStringList told;
  for (const Field& field : entry->fields) {
    const auto given = optimizer.params.find(field.id);
    if (told.size() == 2) break;
    if (given == optimizer.params.end() || !std::holds_alternative<Range>(field.domain)) continue;
    if (!told.isEmpty() && equal(given->second, field.initial)) continue;
    const QString symbol = field.symbol.empty() ? wording::named(field.id) : QString::fromStdString(field.symbol);
    told << symbol + QChar(0x00a0) + wording::brief(given->second);
  }
  return told.join(QStringLiteral("  "));
}

}  // namespace kappa::ui
