/// What theory says of the runs: asked whenever a parameter is another, taken as soon as there is an answer.
#include "ui/session.hpp"

namespace kappa::ui {

/// The runner that is there answers at once; one that is built anew asks for itself, about what its runs begin with.
void Session::askAdvice() {
  if (!countsSteps()) return;
  for (std::size_t i = 0; i < document_->runs.size() && i < status_.runs.size(); ++i) {
    const std::string& label = document_->runs[i].label;
    if (status_.runs[i].label != label) continue;
    Node now = optimizerNow(i);
    const auto last = asked_.find(label);
    if (last != asked_.end() && last->second == now) continue;
    runner_->ask(i, now);
    asked_.insert_or_assign(label, std::move(now));
    wake();
  }
}

void Session::takeAdvice() {
  if (status_.advice == advice_version_) return;
  advice_version_ = status_.advice;
  const std::vector<Advice> said = runner_->advice();
  for (std::size_t i = 0; i < said.size() && i < status_.runs.size(); ++i)
    if (!said[i].optimizer.empty()) advice_[status_.runs[i].label] = said[i];
  emit adviceChanged();
}

const Advice* Session::adviceOn(std::size_t run) const {
  if (run >= document_->runs.size()) return nullptr;
  const auto known = advice_.find(document_->runs[run].label);
  const bool fits = known != advice_.end() && known->second.optimizer == effective_optimizer(*document_, run).id;
  return fits ? &known->second : nullptr;
}

}  // namespace kappa::ui
