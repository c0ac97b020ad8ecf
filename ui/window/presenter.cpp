/// Hides what stands around the kept widgets, and puts everything back as it was.
#include "ui/window/presenter.hpp"

#include <QShortcut>
#include <QWidget>

#include "ui/theme/theme.hpp"

namespace kappa::ui {

Presenter::Presenter(QWidget* window, AppTheme& theme, const QWidgetList& kept)
    : QObject(window),
      window_(window),
      theme_(theme),
      kept_(kept),
      escape_(new QShortcut(QKeySequence(Qt::Key_Escape), window)) {
  escape_->setEnabled(false);
  connect(escape_, &QShortcut::activated, this, &Presenter::stop);
}

/// Hides the visible siblings of the widget and of everything it lies in, up to the window.
void Presenter::clearAround(QWidget* kept) {
  for (QWidget* inner = kept; inner && inner != window_; inner = inner->parentWidget())
    for (QObject* child : inner->parentWidget()->children()) {
      auto* other = qobject_cast<QWidget*>(child);
      if (!other || other->isWindow() || other->isHidden()) continue;
      const bool wanted = std::any_of(kept_.begin(), kept_.end(),
                                      [&](QWidget* one) { return one == other || other->isAncestorOf(one); });
      if (wanted) continue;
      other->hide();
      cleared_.emplace_back(other);
    }
}

void Presenter::start(bool full_screen) {
  if (on_) return;
  on_ = true;
  state_ = window_->windowState();
  place_ = window_->geometry();
  theme_.present(true);
  for (QWidget* kept : kept_) clearAround(kept);
  emit changed(true);
  if (full_screen) window_->setWindowState(state_ | Qt::WindowFullScreen);
  escape_->setEnabled(true);
}

void Presenter::stop() {
  if (!on_) return;
  on_ = false;
  escape_->setEnabled(false);
  theme_.present(false);
  for (const QPointer<QWidget>& widget : cleared_)
    if (widget) widget->show();
  cleared_.clear();
  window_->setWindowState(state_);
  if (!(state_ & (Qt::WindowMaximized | Qt::WindowFullScreen))) window_->setGeometry(place_);
  emit changed(false);
}

}  // namespace kappa::ui
