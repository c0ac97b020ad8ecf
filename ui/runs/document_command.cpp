/// Does, undoes and joins edits.
#include "ui/runs/document_command.hpp"

#include "ui/documents/edit_text.hpp"

namespace kappa::ui {
namespace {

constexpr int pause_between_edits = 2000;  // milliseconds; a later move of the same slider is another edit

}  // namespace

DocumentCommand::DocumentCommand(Session& session, Shared before, Shared after, const QString& text, QString key,
                                 std::optional<LiveEdit> live, bool comes_back)
    : QUndoCommand(text),
      session_(session),
      before_(std::move(before)),
      after_(std::move(after)),
      key_(std::move(key)),
      live_(std::move(live)),
      comes_back_(comes_back) {
  age_.start();
}

void DocumentCommand::undo() { session_.apply(before_, live_, true, comes_back_); }
void DocumentCommand::redo() { session_.apply(after_, live_, false, comes_back_); }

bool DocumentCommand::mergeWith(const QUndoCommand* other) {
  const auto* next = dynamic_cast<const DocumentCommand*>(other);
  if (!next || next->key_ != key_ || age_.elapsed() > pause_between_edits) return false;
  after_ = next->after_;
  if (live_ && next->live_) live_->value = next->live_->value;
  age_.start();
  setText(editText(*before_, *after_, next->text()));
  setObsolete(write_document(*before_) == write_document(*after_));
  return true;
}

}  // namespace kappa::ui
