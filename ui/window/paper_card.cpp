/// Finds arXiv ids and addresses in citations; a click on an id copies it, the arrow beside it opens its page.
#include "ui/window/paper_card.hpp"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolTip>
#include <QVBoxLayout>

namespace kappa::ui {
namespace {

/// A citation without its id, the id, and the page it stands for.
struct Reference {
  QString words, id;
  QUrl page;
};

Reference referenceIn(const QString& paper) {
  static const QRegularExpression arxiv(QStringLiteral("arXiv:\\s*([a-z-]+/\\d{7}|\\d{4}\\.\\d{4,5})(v\\d+)?"),
                                        QRegularExpression::CaseInsensitiveOption);
  static const QRegularExpression address(QStringLiteral("https?://\\S+"));
  Reference found{paper, {}, {}};
  auto match = arxiv.match(paper);
  if (match.hasMatch()) {
    found.id = QStringLiteral("arXiv:") + match.captured(1);
    found.page = QUrl(QStringLiteral("https://arxiv.org/abs/") + match.captured(1));
  } else if (match = address.match(paper); match.hasMatch()) {
    found.id = match.captured();
    found.page = QUrl(found.id);
  } else {
    return found;
  }
  found.words.remove(match.capturedStart(), match.capturedLength());
  while (!found.words.isEmpty() && QStringLiteral(" ,;.").contains(found.words.back())) found.words.chop(1);
  return found;
}

QPushButton* linkButton(const QString& text, const QString& tip) {
  auto* button = new QPushButton(text);
  button->setProperty("role", "link");
  button->setProperty("small", true);
  button->setCursor(Qt::PointingHandCursor);
  button->setToolTip(tip);
  return button;
}

}  // namespace

PaperCard::PaperCard(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)), equation_(new QLabel) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(2);
  equation_->setWordWrap(true);
  equation_->setTextFormat(Qt::PlainText);
  equation_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  equation_->setStyleSheet(QStringLiteral("font-style: italic;"));
  equation_->setContentsMargins(0, 2, 0, 0);
  column_->addWidget(equation_);
}

void PaperCard::setPapers(const QStringList& papers) {
  if (papers == papers_shown_ && papers_) return;
  papers_shown_ = papers;
  if (papers_) {
    papers_->hide();
    papers_->deleteLater();
  }
  papers_ = new QWidget;
  auto* column = new QVBoxLayout(papers_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  for (const QString& paper : papers) column->addWidget(makePaper(paper));
  column_->insertWidget(0, papers_);
}

QWidget* PaperCard::makePaper(const QString& paper) {
  const Reference reference = referenceIn(paper);
  auto* one = new QWidget;
  auto* column = new QVBoxLayout(one);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* words = new QLabel(reference.words);
  words->setWordWrap(true);
  words->setTextFormat(Qt::PlainText);
  words->setTextInteractionFlags(Qt::TextSelectableByMouse);
  column->addWidget(words);
  if (reference.id.isEmpty()) return one;
  auto* row = new QHBoxLayout;
  row->setContentsMargins(-6, 0, 0, 0);  // the words of a flat button stand under those above
  row->setSpacing(2);
  const bool arxiv = reference.id.startsWith(QStringLiteral("arXiv"));
  auto* copy = linkButton(arxiv ? reference.id : tr("Copy the address"), tr("Copy %1").arg(reference.id));
  copy->setAccessibleName(tr("Copy %1").arg(reference.id));
  connect(copy, &QPushButton::clicked, copy, [copy, id = reference.id] {
    QApplication::clipboard()->setText(id);
    QToolTip::showText(copy->mapToGlobal(QPoint(0, copy->height())), tr("Copied"), copy);
  });
  auto* open = linkButton(tr("open ↗"), reference.page.toString());
  open->setAccessibleName(tr("Open %1 in the browser").arg(reference.id));
  connect(open, &QPushButton::clicked, this, [this, page = reference.page] { emit pageAsked(page); });
  row->addWidget(copy);
  row->addWidget(open);
  row->addStretch(1);
  column->addLayout(row);
  return one;
}

void PaperCard::setEquation(const QString& equation, const QString& idea) {
  equation_text_ = equation;
  equation_->setText(equation);
  equation_->setToolTip(idea);
  equation_->setAccessibleName(tr("Equation"));
  equation_->setAccessibleDescription(equation);
  equation_->setVisible(!equation.isEmpty());
}

}  // namespace kappa::ui
