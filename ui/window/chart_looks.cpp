/// Reads and writes looks with only what differs from the usual.
#include "ui/window/chart_looks.hpp"

#include <algorithm>
#include <deque>

namespace kappa::ui {
namespace {

const QString kId = QStringLiteral("id"), kShown = QStringLiteral("shown"), kX = QStringLiteral("x"),
              kY = QStringLiteral("y"), kSmoothing = QStringLiteral("smoothing"), kAverage = QStringLiteral("average"),
              kForm = QStringLiteral("form"), kSpan = QStringLiteral("span"), kStart = QStringLiteral("start"),
              kTheory = QStringLiteral("theory");

std::optional<Scale> scaleOf(const QJsonValue& value) {
  if (value == QStringLiteral("log")) return Scale::log;
  if (value == QStringLiteral("linear")) return Scale::linear;
  return std::nullopt;
}

ChartLook readLook(const QJsonObject& object) {
  ChartLook look;
  look.id = object.value(kId).toString();
  look.shown = object.value(kShown).toBool(true);
  look.x = scaleOf(object.value(kX));
  look.y = scaleOf(object.value(kY));
  look.smoothing = std::clamp(object.value(kSmoothing).toInt(), 0, 100000);
  look.mean = object.value(kAverage) == QStringLiteral("mean");
  look.form = object.value(kForm).toString();
  look.span = std::clamp(object.value(kSpan).toInt(), 0, 2);
  look.start = object.value(kStart).toBool(true);
  look.theory = object.value(kTheory).toBool(true);
  return look;
}

QJsonObject writeLook(const ChartLook& look) {
  const auto word = [](Scale scale) { return scale == Scale::log ? QStringLiteral("log") : QStringLiteral("linear"); };
  QJsonObject object{{kId, look.id}};
  if (!look.shown) object[kShown] = false;
  if (look.x) object[kX] = word(*look.x);
  if (look.y) object[kY] = word(*look.y);
  if (look.smoothing > 1) object[kSmoothing] = look.smoothing;
  if (look.smoothing > 1 && look.mean) object[kAverage] = QStringLiteral("mean");
  if (!look.form.isEmpty()) object[kForm] = look.form;
  if (look.span > 0) object[kSpan] = look.span;
  if (!look.start) object[kStart] = false;
  if (!look.theory) object[kTheory] = false;
  return object;
}

ChartLooks asTheyCome(const std::vector<FigureSpec>& figures) {
  std::vector<FigureForm> forms;
  for (const FigureSpec& figure : figures) forms.push_back(figure.form);
  ChartLooks looks;
  for (const std::size_t i : ownOrder(forms)) {
    looks.emplace_back();
    looks.back().id = QString::fromStdString(figures[i].id);
  }
  return looks;
}

bool speaksOf(const ChartLooks& looks, const QString& id) {
  return std::any_of(looks.begin(), looks.end(), [&](const ChartLook& look) { return look.id == id; });
}

}  // namespace

bool isNarrow(FigureForm form) {
  return form == FigureForm::spectrum || form == FigureForm::spectrum_over_time || form == FigureForm::heat;
}

std::vector<std::size_t> ownOrder(const std::vector<FigureForm>& forms) {
  std::deque<std::size_t> wide, narrow;
  for (std::size_t i = 0; i < forms.size(); ++i) (isNarrow(forms[i]) ? narrow : wide).push_back(i);
  std::vector<std::size_t> order;
  while (order.size() < forms.size()) {
    const bool left = order.size() % 2 == 0;
    std::deque<std::size_t>& first = left ? wide : narrow;
    std::deque<std::size_t>& from = first.empty() ? (left ? narrow : wide) : first;
    order.push_back(from.front());
    from.pop_front();
  }
  return order;
}

ChartLooks chartLooks(const QJsonArray& charts, const std::vector<FigureSpec>& figures) {
  const ChartLooks own = asTheyCome(figures);
  ChartLooks looks;
  for (const QJsonValue& one : charts) {
    const ChartLook look = readLook(one.toObject());
    if (speaksOf(own, look.id) && !speaksOf(looks, look.id)) looks.push_back(look);
  }
  for (const ChartLook& look : own)
    if (!speaksOf(looks, look.id)) looks.push_back(look);
  return looks;
}

QJsonArray writeLooks(const ChartLooks& looks, const std::vector<FigureSpec>& figures, const QJsonArray& before) {
  QJsonArray charts;
  const ChartLooks own = asTheyCome(figures);
  if (looks != own)
    for (const ChartLook& look : looks) charts.append(writeLook(look));
  for (const QJsonValue& one : before)
    if (!speaksOf(own, one.toObject().value(kId).toString())) charts.append(one);
  return charts;
}

FigureSpec withLook(FigureSpec spec, const ChartLook& look) {
  if (look.x && spec.form != FigureForm::plane && spec.form != FigureForm::spectrum) spec.x_scale = *look.x;
  if (look.y && spec.form != FigureForm::plane && spec.form != FigureForm::heat) spec.y_scale = *look.y;
  return spec;
}

void applyLook(FigureOptions& options, const ChartLook& look) {
  options.smoothing = {static_cast<unsigned>(look.smoothing), look.mean};
  options.start_ghost = look.start;
  options.theory = options.theory && look.theory;
  options.lines_over_time = look.form == QStringLiteral("lines");
  if (look.form == QStringLiteral("bars")) options.spectrum = SpectrumLook::bars;
  if (look.form == QStringLiteral("points")) options.spectrum = SpectrumLook::points;
}

}  // namespace kappa::ui
