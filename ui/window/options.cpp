/// Reads the command line with Qt's own parser.
#include "ui/window/options.hpp"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QUrl>
#include <cstdio>

namespace kappa::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("options", text); }

WindowOptions refused(const QString& why) {
  std::fprintf(stderr, "%s\n", qPrintable(why));
  WindowOptions options;
  options.status = 2;
  return options;
}

QSize sizeOf(const QString& text) {
  const QStringList parts = text.toLower().split(u'x');
  if (parts.size() != 2) return {};
  const QSize size(parts[0].toInt(), parts[1].toInt());
  return size.width() >= 320 && size.height() >= 240 && size.width() <= 16384 && size.height() <= 16384 ? size
                                                                                                        : QSize();
}

}  // namespace

WindowOptions readOptions(const QCoreApplication& app) {
  QCommandLineParser parser;
  parser.setApplicationDescription(tr("A desktop laboratory for matrix optimization."));
  const QCommandLineOption screenshot(QStringLiteral("screenshot"),
                                      tr("Save a picture of the whole window to <file>, and exit."), tr("file"));
  const QCommandLineOption size(QStringLiteral("size"), tr("Size of the window in pixels, such as 1280x800."),
                                tr("WxH"));
  const QCommandLineOption theme(QStringLiteral("theme"), tr("light, dark or projector."), tr("theme"));
  const QCommandLineOption steps(QStringLiteral("run-steps"),
                                 tr("Steps of each run before the picture; all of them if not given."), tr("N"));
  const QCommandLineOption set(QStringLiteral("set"),
                               tr("Change the document once it is open, as kappascope-cli does; may be given again."),
                               tr("/json/pointer=VALUE"));
  QCommandLineOption pseudo(QStringLiteral("pseudo-locale"));
  pseudo.setFlags(QCommandLineOption::HiddenFromHelp);
  const QCommandLineOption lesson(QStringLiteral("lesson"), tr("Open a lesson, at a step if one is given."),
                                  tr("NAME[:STEP]"));
  const QCommandLineOption present(QStringLiteral("present"), tr("Large type and nothing but charts and controls."));
  parser.addOptions({lesson, present});
  parser.addOptions({screenshot, size, theme, steps, set, pseudo});
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(
      QStringLiteral("FILE"),
      tr("Experiments, each for a window: *.kappa.json, a picture or folder of results with one "
         "inside, the name of one in the gallery, or a share string."),
      QStringLiteral("[FILE...]"));
  if (!parser.parse(app.arguments())) return refused(parser.errorText());
  if (parser.isSet(QStringLiteral("help"))) parser.showHelp();
  if (parser.isSet(QStringLiteral("version"))) parser.showVersion();

  WindowOptions options;
  for (const QString& one : parser.positionalArguments()) {
    const QUrl url(one);
    options.documents << (url.isLocalFile() ? url.toLocalFile() : one);
  }
  options.sets = parser.values(set);
  options.lesson = parser.value(lesson);
  options.present = parser.isSet(present);
  options.screenshot = parser.value(screenshot);
  if (parser.isSet(screenshot) && options.documents.size() > 1)
    return refused(tr("--screenshot: one experiment at a time"));
  if (!options.sets.isEmpty() && options.documents.size() > 1) return refused(tr("--set: one experiment at a time"));
  if (parser.isSet(screenshot) && options.screenshot.isEmpty()) return refused(tr("--screenshot names no file"));
  options.pseudo_locale = parser.isSet(pseudo);
  options.size = sizeOf(parser.value(size));
  if (parser.isSet(size) && !options.size.isValid())
    return refused(tr("--size %1: a size such as 1280x800 is expected").arg(parser.value(size)));
  if (parser.isSet(theme)) {
    const auto id = theme_named(parser.value(theme).toStdString());
    if (!id) return refused(tr("--theme %1: there are light, dark and projector").arg(parser.value(theme)));
    options.theme = *id == ThemeId::light  ? ThemeChoice::light
                    : *id == ThemeId::dark ? ThemeChoice::dark
                                           : ThemeChoice::projector;
  }
  if (parser.isSet(steps)) {
    bool whole = false;
    options.steps = parser.value(steps).toULongLong(&whole);
    if (!whole) return refused(tr("--run-steps %1: a whole number is expected").arg(parser.value(steps)));
  }
  return options;
}

}  // namespace kappa::ui
