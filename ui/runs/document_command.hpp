/// One step of the undo history: the document before and after.
#pragma once

#include <QElapsedTimer>
#include <QUndoCommand>

#include "ui/session.hpp"

namespace kappa::ui {

class DocumentCommand : public QUndoCommand {
 public:
  using Shared = std::shared_ptr<const Document>;
  DocumentCommand(Session& session, Shared before, Shared after, const QString& text, QString key,
                  std::optional<LiveEdit> live, bool comes_back = false);

  void undo() override;
  void redo() override;
  int id() const override { return key_.isEmpty() ? -1 : 1; }
  /// The moves of one slider are one edit.
  bool mergeWith(const QUndoCommand* other) override;

 private:
  Session& session_;
  Shared before_, after_;
  QString key_;
  std::optional<LiveEdit> live_;
  bool comes_back_;  ///< runs go on from where they were
  QElapsedTimer age_;
};

}  // namespace kappa::ui
