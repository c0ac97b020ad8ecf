/// Puts the room together and connects its parts.
#include "ui/window/main_window.hpp"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPainter>
#include <QSettings>
#include <QStackedWidget>

#include "ui/charts/plot_view.hpp"
#include "ui/forms/wording.hpp"
#include "ui/gallery/gallery_page.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_export.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/document_files.hpp"
#include "ui/window/info_panel.hpp"
#include "ui/window/menus.hpp"
#include "ui/window/message_strip.hpp"
#include "ui/window/run_bar.hpp"
#include "ui/window/setup_panel.hpp"
#include "ui/window/top_bar.hpp"

namespace kappa::ui {
namespace {

constexpr int room_for_right = 1140, room_for_left = 860;  // narrower than this, a panel folds by itself

/// A line between a panel and the charts.
class Line : public QWidget {
 public:
  explicit Line(const AppTheme& theme) : theme_(theme) {
    setFixedWidth(1);
    connect(&theme, &AppTheme::changed, this, [this] { update(); });
  }

 protected:
  void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), toColour(theme_.tokens().line)); }

 private:
  const AppTheme& theme_;
};

}  // namespace

MainWindow::MainWindow(Session& session, AppTheme& theme, QSettings* settings, QWidget* parent)
    : QMainWindow(parent),
      session_(session),
      theme_(theme),
      settings_(settings),
      actions_(new Actions(session, theme, this)),
      files_(new DocumentFiles(session, settings, this)),
      top_(new TopBar(session, *actions_, theme)),
      places_(new QStackedWidget),
      gallery_(new GalleryPage(theme)),
      setup_(new SetupPanel(session, theme)),
      charts_(new ChartGrid(session, theme)),
      info_(new InfoPanel(session, theme)),
      bar_(new RunBar(session, *actions_, theme)),
      message_(new MessageStrip) {
  setMinimumSize(640, 480);
  setAcceptDrops(true);
  setWindowIcon(QIcon(QStringLiteral(":/icons/kappascope.svg")));
  auto* all = new QWidget;
  auto* column = new QVBoxLayout(all);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(top_);
  column->addWidget(message_);
  places_->addWidget(gallery_);
  places_->addWidget(makeDesk());
  column->addWidget(places_, 1);
  setCentralWidget(all);
  addMenus();
  connectActions();
  qApp->installEventFilter(this);
  recall();
  showGallery();
  showTitle();
}

QWidget* MainWindow::makeDesk() {
  auto* desk = new QWidget;
  auto* upper = new QHBoxLayout;
  upper->setSpacing(0);
  upper->addWidget(charts_, 1);
  upper->addWidget(new Line(theme_));
  upper->addWidget(info_);
  auto* right = new QVBoxLayout;
  right->setSpacing(0);
  right->addLayout(upper, 1);
  right->addWidget(bar_);
  auto* whole = new QHBoxLayout(desk);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->setSpacing(0);
  whole->addWidget(setup_);
  whole->addWidget(new Line(theme_));
  whole->addLayout(right, 1);
  return desk;
}

void MainWindow::addMenus() {
  top_->addMenu(tr("File"), menus::file(*actions_, *files_, this));
  top_->addMenu(tr("Edit"), menus::edit(*actions_, this));
  top_->addMenu(tr("View"), menus::view(*actions_, this));
  top_->addMenu(tr("Export"), menus::exports(*actions_, *charts_, this));
}

void MainWindow::connectActions() {
  connect(actions_->open, &QAction::triggered, files_, &DocumentFiles::askOpen);
  connect(actions_->save, &QAction::triggered, files_, &DocumentFiles::save);
  connect(actions_->saveAs, &QAction::triggered, files_, &DocumentFiles::saveAs);
  connect(actions_->fresh, &QAction::triggered, files_, &DocumentFiles::startFresh);
  connect(actions_->exportRun, &QAction::triggered, files_, &DocumentFiles::exportRun);
  connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
  connect(actions_->gallery, &QAction::triggered, this, &MainWindow::showGallery);
  connect(actions_->setup, &QAction::triggered, this, &MainWindow::showSetup);
  connect(actions_->leftPanel, &QAction::triggered, this, [this](bool on) {
    left_wanted_ = on;
    setup_->setVisible(on);
  });
  connect(actions_->rightPanel, &QAction::triggered, this, [this](bool on) {
    right_wanted_ = on;
    info_->setVisible(on);
  });
  for (QAction* action : {actions_->run, actions_->step, actions_->restart})
    connect(action, &QAction::triggered, this, &MainWindow::showSetup);
  connect(gallery_, &GalleryPage::chosen, files_, &DocumentFiles::open);
  connect(gallery_, &GalleryPage::fileAsked, files_, &DocumentFiles::askOpen);
  connect(files_, &DocumentFiles::done, this, &MainWindow::showSetup);
  connect(files_, &DocumentFiles::troubled, message_, &MessageStrip::tell);
  connect(&session_, &Session::troubled, message_, &MessageStrip::tell);
  connect(&session_, &Session::documentChanged, this, &MainWindow::showTitle);
  connect(&session_, &Session::editedChanged, this, &MainWindow::showTitle);
  connect(charts_, &ChartGrid::exportRequested, this, &MainWindow::exportChart);
}

void MainWindow::showGallery() {
  places_->setCurrentIndex(0);
  actions_->gallery->setChecked(true);
}

void MainWindow::showSetup() {
  places_->setCurrentIndex(1);
  actions_->setup->setChecked(true);
}

void MainWindow::showTitle() {
  const QString title = QString::fromStdString(session_.document().title);
  setWindowTitle(tr("%1%2 — Kappascope")
                     .arg(title.isEmpty() ? session_.name() : title, session_.edited() ? tr(" • edited") : QString()));
}

/// Where there is little room the right panel goes first, then the left; with more room they come back.
void MainWindow::fold() {
  info_->setVisible(right_wanted_ && width() >= room_for_right);
  setup_->setVisible(left_wanted_ && width() >= room_for_left);
  actions_->rightPanel->setChecked(!info_->isHidden());
  actions_->leftPanel->setChecked(!setup_->isHidden());
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  if (event->oldSize().width() != event->size().width()) fold();
}

void MainWindow::exportChart(ChartCard* card) {
  const QString suggested = session_.name() + u'-' + QString::fromStdString(card->spec().id) + QStringLiteral(".png");
  QString filter,
      path = QFileDialog::getSaveFileName(this, tr("Export the chart"), suggested, exportFilters(), &filter);
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += filter.section(QStringLiteral("*"), 1).section(u')', 0, 0);
  const Issues issues = exportFigure(card->figure(1200), path, theme_.id(), write_document(session_.recorded(), true));
  message_->tell(issues.empty() ? QString() : wording::sentences(issues));
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!files_->mayLose()) return event->ignore();
  remember();
  event->accept();
}

void MainWindow::remember() {
  if (!settings_) return;
  settings_->setValue(QStringLiteral("geometry"), saveGeometry());
  settings_->setValue(QStringLiteral("theme"), static_cast<int>(theme_.choice()));
  settings_->setValue(QStringLiteral("left"), left_wanted_);
  settings_->setValue(QStringLiteral("right"), right_wanted_);
}

void MainWindow::recall() {
  resize(1280, 800);
  if (!settings_) return;
  restoreGeometry(settings_->value(QStringLiteral("geometry")).toByteArray());
  const int theme = settings_->value(QStringLiteral("theme"), 0).toInt();
  if (theme >= 0 && theme <= static_cast<int>(ThemeChoice::projector)) theme_.choose(static_cast<ThemeChoice>(theme));
  left_wanted_ = settings_->value(QStringLiteral("left"), true).toBool();
  right_wanted_ = settings_->value(QStringLiteral("right"), true).toBool();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && event->mimeData()->urls().front().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  files_->open(event->mimeData()->urls().front().toLocalFile());
}

/// Keys that mean something to what has the focus are its own before they are shortcuts.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::ShortcutOverride || !watched->isWidgetType())
    return QMainWindow::eventFilter(watched, event);
  auto* key = static_cast<QKeyEvent*>(event);
  const bool presses = qobject_cast<QAbstractButton*>(watched) || qobject_cast<QComboBox*>(watched);
  const bool moves =
      qobject_cast<QAbstractSlider*>(watched) || qobject_cast<QComboBox*>(watched) || qobject_cast<PlotView*>(watched);
  const bool own = (presses && key->key() == Qt::Key_Space) ||
                   (moves && (key->key() == Qt::Key_Right || key->key() == Qt::Key_Home || key->key() == Qt::Key_End));
  if (!own || key->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
    return QMainWindow::eventFilter(watched, event);
  event->accept();
  return true;
}

}  // namespace kappa::ui
