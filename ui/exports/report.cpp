/// Puts the page together: what was asked, what came out, how it was set, and how to do it again.
#include "ui/exports/report.hpp"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>

#include "ui/exports/report_text.hpp"
#include "ui/forms/number_text.hpp"
#include "ui/forms/wording.hpp"

namespace kappa::ui {
namespace {

using namespace report;

QString words(const char* text) { return QCoreApplication::translate("Report", text); }

QString styleOf(const Theme& t) {
  const auto hex = [](Rgb c) { return QString::fromStdString(to_hex(c)); };
  return QStringLiteral("--ground: %1; --text: %2; --muted: %3; --line: %4; --accent: %5; --good: %6; --bad: %7;")
      .arg(hex(t.panel), hex(t.text), hex(t.muted), hex(t.line), hex(t.accent), hex(t.good), hex(t.bad));
}

constexpr auto page_style = R"(
body { margin: 0 auto; padding: 32px 20px 64px; max-width: 760px; background: var(--ground); color: var(--text);
  font: 15px/1.55 Inter, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px; }
h2 { font-size: 18px; margin: 36px 0 10px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
h3 { font-size: 15px; margin: 22px 0 6px; }
p { margin: 6px 0; }
.lead { font-size: 17px; color: var(--text); }
.muted, figcaption, footer { color: var(--muted); }
figure { margin: 18px 0 26px; break-inside: avoid; }
figure svg { width: 100%; height: auto; display: block; }
figcaption { font-size: 13px; margin-top: 4px; }
table { border-collapse: collapse; width: 100%; margin: 8px 0 16px; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line);
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
thead th { color: var(--muted); font-weight: 600; font-size: 12px; white-space: nowrap; }
tbody th { font-weight: 500; }
tr { break-inside: avoid; }
.holds { color: var(--good); font-weight: 600; white-space: nowrap; }
.fails { color: var(--bad); font-weight: 600; white-space: nowrap; }
.unknown { color: var(--muted); font-weight: 600; white-space: nowrap; }
a { color: var(--accent); }
code, pre { font: 13px/1.45 "DejaVu Sans Mono", Consolas, monospace; }
pre { overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; padding: 10px 12px; border: 1px solid var(--line);
  border-radius: 5px; }
@media print {
  @page { margin: 18mm }
  figure svg { width: 84%; }
  figure { margin: 10px 0 14px; }
  body { padding: 0; max-width: none; font-size: 11pt; }
  h2, h3 { break-after: avoid; }
  details { display: none; }
}
)";

QString headOf(const QString& title, const QStringList& dark) {
  QString out = QStringLiteral(
                    "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
                    "<meta charset=\"utf-8\" />\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
                    "<meta name=\"generator\" content=\"Kappascope\" />\n"
                    "<meta name=\"color-scheme\" content=\"light dark\" />\n<title>%1</title>\n<style>\n:root { %2 }")
                    .arg(escaped(title), styleOf(theme(ThemeId::light)));
  out += QLatin1String(page_style);
  out += QStringLiteral(
             "@media screen and (prefers-color-scheme: dark) {\n:root { %1 }\n%2\n}\n</style>\n</head>\n<body>\n")
             .arg(styleOf(theme(ThemeId::dark)), dark.join(u'\n'));
  return out;
}

QString claimsPart(const ReportInput& in) {
  QList<QStringList> rows;
  for (const ClaimResult& c : in.claims) {
    const char* kind = !c.holds ? "unknown" : *c.holds ? "holds" : "fails";
    const QString verdict = !c.holds ? words("? unknown") : *c.holds ? words("✓ holds") : words("✗ fails");
    QString claim = escaped(c.claim.empty() ? c.statistic : c.claim);
    if (!c.paper.empty()) claim += QStringLiteral("<br /><span class=\"muted\">%1</span>").arg(linked(c.paper));
    rows << QStringList{claim, escaped(wording::expected(c)), c.holds ? escaped(wording::measured(c)) : escaped(c.why),
                        QStringLiteral("<span class=\"%1\">%2</span>").arg(QLatin1String(kind), verdict)};
  }
  if (rows.isEmpty() && !in.document.claims.empty())
    return element("h2", words("Claims")) + element("p", words("Not judged: the run had not ended."));
  if (rows.isEmpty()) return {};
  return element("h2", words("Claims")) +
         table({words("Claim"), words("Expected"), words("Measured"), words("Verdict")}, rows);
}

QString resultsPart(const ReportInput& in) {
  const bool descent = in.document.study == "descent";
  const bool repeats = in.document.repeats > 1;
  QList<QStringList> rows;
  for (const RunStatus& run : in.runs) {
    const QString ended = run.ended ? wording::named(name_of(*run.ended)) : words("At work");
    QStringList row{escaped(repeats ? words("%1, repeat %2").arg(QString::fromStdString(run.label)).arg(run.repeat)
                                    : QString::fromStdString(run.label)),
                    escaped(run.why.empty() ? ended : ended + QStringLiteral(": ") + QString::fromStdString(run.why))};
    if (descent)
      row << QString::fromStdString(format_count(run.step)) << escaped(format_value(run.loss))
          << escaped(format_value(run.best_loss));
    rows << row;
  }
  QStringList head{words("Run"), words("Ended")};
  if (descent) head << words("Steps") << words("Final loss") << words("Best loss");
  return rows.isEmpty() ? QString() : element("h2", words("Results")) + table(head, rows);
}

QList<QStringList> generalRows(const Document& d) {
  QList<QStringList> rows{{words("Seed"), QString::number(d.seed)}, {words("Repeats"), QString::number(d.repeats)}};
  if (d.study != "descent") return rows;
  rows << QStringList{words("Steps"), QString::number(d.steps)};
  rows << QStringList{words("Batch"),
                      d.batch.size == 0
                          ? words("all samples")
                          : escaped(words("%1 samples, %2").arg(d.batch.size).arg(wording::choice(d.batch.order)))};
  rows << QStringList{words("Start"), escaped(valueText(std::make_shared<const Node>(d.init)))};
  if (d.stop.loss_below > 0)
    rows << QStringList{words("Stops when"),
                        escaped(words("loss is below %1").arg(NumberText::shortest(d.stop.loss_below)))};
  rows << QStringList{words("Diverged when"),
                      escaped(words("loss is above %1").arg(NumberText::shortest(d.stop.diverged_above)))};
  QStringList probes;
  for (const Node& probe : d.probes) probes << titleOf(probe);
  probes.removeDuplicates();
  rows << QStringList{words("Measured"), escaped(probes.isEmpty() ? words("Loss") : probes.join(QStringLiteral(", ")))};
  return rows;
}

QString settingsPart(const Document& d) {
  QString out = element("h2", words("Settings"));
  if (d.study != "descent") {
    Node settings = d.settings;
    settings.kind = Kind::study;
    if (settings.id.empty()) settings.id = d.study;
    return out + element("h3", escaped(titleOf(settings))) + table({}, settingsRows(settings)) +
           element("h3", words("Experiment")) + table({}, generalRows(d));
  }
  out += element("h3", words("Problem: %1").arg(escaped(titleOf(d.problem)))) + table({}, settingsRows(d.problem));
  QList<QStringList> runs;
  for (std::size_t i = 0; i < d.runs.size(); ++i) {
    const RunSpec& run = d.runs[i];
    const Node method = effective_optimizer(d, i);
    QString settings = escaped(settingsLine(method));
    if (run.fork) settings += words("; forked from %1 at step %2").arg(escaped(run.fork->run)).arg(run.fork->step);
    if (run.problem) settings += words("; problem: %1").arg(escaped(settingsLine(*run.problem)));
    if (run.steps) settings += words("; %1 steps").arg(*run.steps);
    if (run.batch) settings += words("; batches of %1").arg(run.batch->size);
    runs << QStringList{escaped(run.label), escaped(titleOf(method)), settings};
  }
  out += element("h3", words("Runs")) + table({words("Run"), words("Method"), words("Settings")}, runs);
  out += element("h3", words("Experiment")) + table({}, generalRows(d));
  QList<QStringList> events;
  for (const EventSpec& event : d.events)
    events << QStringList{QString::number(event.step), escaped(event.path),
                          event.stop ? words("stopped") : escaped(valueText(event.value))};
  if (!events.isEmpty())
    out += element("h3", words("Changed while it ran")) + table({words("Step"), words("What"), words("To")}, events);
  return out;
}

QString referencesPart(const Document& d) {
  QStringList items;
  const auto add = [&](const QString& item) {
    if (!items.contains(item)) items << item;
  };
  const auto cite = [&](Kind kind, const std::string& id) {
    const Entry* entry = Catalog::get().find(kind, id);
    for (const Citation& c : entry ? entry->card.cite : std::vector<Citation>{}) {
      const std::string year = c.year > 0 ? " (" + std::to_string(c.year) + ")" : "";
      add(linked(c.who + year + ": " + c.title + (c.link.empty() ? "" : ", " + c.link)));
    }
  };
  if (d.study == "descent") {
    cite(Kind::problem, d.problem.id);
    for (std::size_t i = 0; i < d.runs.size(); ++i) cite(Kind::optimizer, effective_optimizer(d, i).id);
  } else {
    cite(Kind::study, d.study);
  }
  // A paper that a method cites in full is not listed once more in short.
  for (const std::string& paper : d.about.papers) {
    static const QRegularExpression arxiv(QStringLiteral("arXiv:[0-9.]+\\d"));
    const QString id = arxiv.match(QString::fromStdString(paper)).captured();
    const QString title = escaped(QString::fromStdString(paper).section(QStringLiteral(", "), 1).trimmed());
    const bool told = std::any_of(items.begin(), items.end(), [&](const QString& item) {
      return (!id.isEmpty() && item.contains(id)) || (title.size() > 20 && item.contains(title));
    });
    if (!told) add(linked(paper));
  }
  QString list;
  for (const QString& item : items) list += element("li", item);
  return list.isEmpty() ? QString() : element("h2", words("References")) + element("ol", list);
}

QString manifestPart(const ReportInput& in) {
  const std::string document = write_document(in.document, true);
  const QString file = in.name + QStringLiteral(".kappa.json");
  QString out = element("h2", words("To do it again"));
  out +=
      element("p", words("This page carries the whole experiment: opened in Kappascope, or dropped on its window, it "
                         "is there again. The same document gives the same numbers."));
  out += QStringLiteral("<p><a download=\"%1\" href=\"data:application/json;base64,%2\">%3</a></p>\n")
             .arg(escaped(file), QString::fromStdString(base64(document)), escaped(words("Save %1").arg(file)));
  out += QStringLiteral("<pre>%1</pre>\n").arg(escaped(in.command));
  const Libraries used = libraries();
  const QString qt = QString::fromLatin1(qVersion());
  QList<QStringList> rows{
      {words("Kappascope"), escaped(std::string(kappascope_version))},
      {words("Compiler and build"), escaped(std::string(build_flags))},
      {words("Armadillo"), escaped(used.armadillo)},
      {words("OpenBLAS"), words("%1, kernel %2").arg(escaped(used.openblas).trimmed(), escaped(used.openblas_kernel))},
      {words("Qt"),
       qt == QLatin1String(QT_VERSION_STR) ? qt : words("%1, built with %2").arg(qt, QLatin1String(QT_VERSION_STR))},
      {words("Seed"), QString::number(in.document.seed)},
      {words("Written"), escaped(in.date)}};
  out += table({}, rows);
  out += QStringLiteral("<details>\n<summary>%1</summary>\n<pre>%2</pre>\n</details>\n")
             .arg(words("The document"), escaped(document));
  return out + QString::fromStdString(html_script(document));
}

}  // namespace

QByteArray reportHtml(const ReportInput& in) {
  const Document& d = in.document;
  const QString title = d.title.empty() ? in.name : QString::fromStdString(d.title);
  QStringList dark;
  QString pictures;
  for (const Figure& figure : in.figures) pictures += picture(figure, dark);
  QString body = element("h1", escaped(title));
  if (!d.about.question.empty()) body += QStringLiteral("<p class=\"lead\">%1</p>\n").arg(escaped(d.about.question));
  if (!d.about.look_for.empty())
    body += QStringLiteral("<p><strong>%1</strong> %2</p>\n").arg(words("Look for:"), escaped(d.about.look_for));
  if (!d.note.empty()) body += element("p", escaped(d.note));
  body += element("h2", pictures.isEmpty() ? QString() : words("Pictures")) + pictures;
  body += claimsPart(in) + resultsPart(in) + settingsPart(d) + referencesPart(d) + manifestPart(in);
  return (headOf(title, dark) + body + QStringLiteral("</body>\n</html>\n")).toUtf8();
}

}  // namespace kappa::ui
