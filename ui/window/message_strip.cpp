/// A row for each notice; all but the newest fold away.
#include "ui/window/message_strip.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace kappa::ui {
namespace {

constexpr std::size_t most_notices = 8;  // the oldest goes
constexpr int line_height = 26;          // of text and buttons, so that they stand on one line
const auto kWindow = QStringLiteral("window"), kRun = QStringLiteral("run");

/// The same trouble at another step or in another numbered folder is the same trouble.
QString essence(QString text) {
  static const QRegularExpression numbers(QStringLiteral("[0-9]+"));
  return text.remove(numbers);
}

}  // namespace

class MessageStrip::Row : public QWidget {
 public:
  Row(MessageStrip& strip, Notice notice) : notice_(std::move(notice)), text_(new QLabel) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    text_->setProperty("role", notice_.problem ? "bad" : "");
    text_->setWordWrap(true);
    text_->setMinimumHeight(line_height);
    text_->setTextFormat(Qt::PlainText);
    line->addWidget(text_, 1);
    for (const auto& [name, act] : notice_.choices) {
      auto* button = new QPushButton(name);
      button->setProperty("role", "link");
      button->setMinimumHeight(line_height);
      button->setAccessibleDescription(notice_.text);
      connect(button, &QPushButton::clicked, &strip, [this, &strip, chosen = act] {
        strip.remove(this);
        chosen();
      });
      line->addWidget(button, 0, Qt::AlignVCenter);
    }
    auto* away = new QToolButton;
    away->setText(QStringLiteral("×"));
    away->setMinimumHeight(line_height);
    away->setAccessibleName(tr("Put the message away"));
    away->setAccessibleDescription(notice_.text);
    away->setToolTip(away->accessibleName());
    connect(away, &QToolButton::clicked, &strip, [this, &strip] { strip.remove(this); });
    line->addWidget(away, 0, Qt::AlignVCenter);
    showText();
  }
  void again(const QString& text) {
    ++times_;
    notice_.text = text;
    showText();
  }
  /// Text that can be marked takes the clicks that unfold.
  void setMarkable(bool on) { text_->setTextInteractionFlags(on ? Qt::TextSelectableByMouse : Qt::NoTextInteraction); }
  const Notice& notice() const { return notice_; }

 private:
  void showText() {
    text_->setText(times_ == 1 ? notice_.text : tr("%1 (%2 times)").arg(notice_.text).arg(times_));
    setAccessibleName(text_->text());
  }
  Notice notice_;
  QLabel* text_;
  int times_ = 1;
};

MessageStrip::MessageStrip(QWidget* parent) : QFrame(parent), column_(new QVBoxLayout), more_(new QToolButton) {
  setProperty("role", "bar");
  setAccessibleName(tr("Messages"));
  column_->setSpacing(2);
  auto* rule = new QFrame;
  rule->setProperty("role", "rule");
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->setSpacing(0);
  auto* all = new QHBoxLayout;
  whole->addLayout(all);
  whole->addWidget(rule);
  all->setContentsMargins(16, 4, 8, 4);
  all->setSpacing(8);
  all->addLayout(column_, 1);
  all->addWidget(more_, 0, Qt::AlignTop);
  more_->setCheckable(true);
  more_->setMinimumSize(84, line_height);  // "fold" takes as much room as "3 more"
  more_->setToolTip(tr("Show or fold all messages"));
  connect(more_, &QToolButton::toggled, this, &MessageStrip::arrange);
  hide();
}

void MessageStrip::add(Notice notice) {
  const auto same = std::find_if(rows_.begin(), rows_.end(), [&](Row* row) {
    return row->notice().source == notice.source && essence(row->notice().text) == essence(notice.text);
  });
  if (same != rows_.end()) {
    (*same)->again(notice.text);
    std::rotate(rows_.begin(), same, same + 1);
  } else {
    rows_.insert(rows_.begin(), new Row(*this, std::move(notice)));
  }
  while (rows_.size() > most_notices) {
    rows_.back()->deleteLater();
    rows_.back()->hide();
    rows_.pop_back();
  }
  arrange();
}

void MessageStrip::remove(Row* row) {
  std::erase(rows_, row);
  row->hide();
  row->deleteLater();  // its own button may be the sender
  arrange();
}

void MessageStrip::takeBack(const QString& source) {
  const std::vector<Row*> all = rows_;
  for (Row* row : all)
    if (row->notice().source == source) remove(row);
}

void MessageStrip::tell(const QString& sentence) {
  if (sentence.isEmpty()) return takeBack(kWindow);
  add({kWindow, sentence});
}

void MessageStrip::tellRun(const QString& sentence) {
  run_doubtful_ = sentence.isEmpty();
  if (!run_doubtful_) add({kRun, sentence});
}

void MessageStrip::runWentWell() {
  if (std::exchange(run_doubtful_, false)) takeBack(kRun);
}

void MessageStrip::arrange() {
  if (rows_.size() < 2) {
    const QSignalBlocker quiet(more_);
    more_->setChecked(false);
  }
  const bool all = more_->isChecked();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    column_->removeWidget(rows_[i]);
    column_->addWidget(rows_[i]);
    rows_[i]->setVisible(all || i == 0);
    rows_[i]->setMarkable(all || rows_.size() == 1);
  }
  const int others = count() - 1;
  more_->setVisible(others > 0);
  if (others > 0) {
    more_->setText(all ? tr("fold") : tr("%1 more").arg(others));
    more_->setAccessibleName(all ? tr("Fold the messages") : tr("Show %1 more messages").arg(others));
  }
  setAccessibleDescription(text());
  setVisible(!rows_.empty());
}

void MessageStrip::mousePressEvent(QMouseEvent* event) {
  if (count() > 1) more_->toggle();
  QFrame::mousePressEvent(event);
}

QString MessageStrip::text() const { return rows_.empty() ? QString() : rows_.front()->notice().text; }

}  // namespace kappa::ui
