/// Entry point of the desktop lab: its windows, one for each document that is asked for.
#include <QApplication>
#include <QSettings>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "core/lab.hpp"
#include "ui/documents/recovery.hpp"
#include "ui/documents/windows.hpp"
#include "ui/i18n/pseudo_locale.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/options.hpp"
#include "ui/window/screenshot.hpp"

namespace {

constexpr int patience = 700;  // milliseconds for workers to end; a step of a large problem cannot be cut short

int complain(const kappa::Issues& issues) {
  for (const kappa::Issue& issue : issues) std::fprintf(stderr, "%s\n", to_string(issue).c_str());
  return issues.front().trouble == kappa::Trouble::file ? 3 : 2;
}

}  // namespace

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

  ui::PseudoLocale pseudo_locale;
  if (options.pseudo_locale) QCoreApplication::installTranslator(&pseudo_locale);
  const bool picture = !options.screenshot.isEmpty();
  const auto settings = picture ? nullptr : std::make_unique<QSettings>();
  ui::AppTheme theme(app);
  ui::Windows windows(theme, settings.get(), picture ? QString() : ui::recoveryBase());
  const auto leave = [&](int status) {
    if (windows.finish(patience)) return status;
    if (settings) settings->sync();  // what follows calls no destructor
    std::fflush(nullptr);
    std::_Exit(status);  // the system ends the workers that are left
  };
  for (const QString& document : options.documents.isEmpty() ? QStringList{QString()} : options.documents)
    if (const Issues issues = windows.open(document, options.sets); !issues.empty()) return leave(complain(issues));
  if (options.theme) theme.choose(*options.theme);
  if (options.size.isValid()) windows.newest()->resize(options.size);
  if (!options.lesson.isEmpty() && !windows.newest()->startLesson(options.lesson, picture)) return leave(2);
  if (options.present) windows.newest()->startPresenting(!picture);
  if (!picture) windows.offerRecovered();
  std::unique_ptr<ui::Screenshot> screenshot;
  if (picture)
    screenshot = std::make_unique<ui::Screenshot>(
        *windows.sessionOf(windows.newest()), *windows.newest(), options.screenshot,
        options.documents.isEmpty() && options.lesson.isEmpty() ? std::optional<std::uint64_t>(0) : options.steps);
  const int status = QApplication::exec();
  screenshot.reset();
  return leave(status);
}
