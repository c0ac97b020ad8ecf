/// Entry point of the desktop lab: one session, one window.
#include <QApplication>
#include <QSettings>
#include <clocale>
#include <cstdio>
#include <memory>

#include "core/lab.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/options.hpp"
#include "ui/window/screenshot.hpp"

int main(int argc, char** argv) {
  using namespace kappa;
  QApplication app(argc, argv);
  std::setlocale(LC_NUMERIC, "C");  // numbers are written with a dot in every locale
  QApplication::setApplicationName(QStringLiteral("kappascope"));
  QApplication::setApplicationDisplayName(QStringLiteral("Kappascope"));
  QApplication::setOrganizationName(QStringLiteral("kappascope"));
  QApplication::setApplicationVersion(
      QString::fromUtf8(kappascope_version.data(), static_cast<qsizetype>(kappascope_version.size())));
  QApplication::setDesktopFileName(QStringLiteral("kappascope"));
  const ui::WindowOptions options = ui::readOptions(app);
  if (options.status) return *options.status;

  ui::AppTheme theme(app);
  ui::Session session;
  if (!options.document.isEmpty()) {
    const Issues issues = session.open(options.document);
    for (const Issue& issue : issues) std::fprintf(stderr, "%s\n", to_string(issue).c_str());
    if (!issues.empty()) return issues.front().trouble == Trouble::file ? 3 : 2;
  } else if (const auto first = session.open(QStringLiteral("conditioning")); !first.empty()) {
    std::fprintf(stderr, "%s\n", to_string(first.front()).c_str());
  }
  const bool picture = !options.screenshot.isEmpty();
  const auto settings = picture ? nullptr : std::make_unique<QSettings>();
  ui::MainWindow window(session, theme, settings.get());
  if (options.theme) theme.choose(*options.theme);
  if (options.size.isValid()) window.resize(options.size);
  if (!options.document.isEmpty()) window.showSetup();
  window.show();
  std::unique_ptr<ui::Screenshot> screenshot;
  if (picture)
    screenshot =
        std::make_unique<ui::Screenshot>(session, window, options.screenshot,
                                         options.document.isEmpty() ? std::optional<std::uint64_t>(0) : options.steps);
  return QApplication::exec();
}
