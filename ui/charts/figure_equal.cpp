/// Compares figures field by field, numbers by their bits: a gap equals a gap.
#include "ui/charts/figure_equal.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <tuple>

namespace kappa::ui {
namespace {

template <class T>
bool sameBytes(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

template <class T, class Same>
bool each(const std::vector<T>& a, const std::vector<T>& b, Same&& alike) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), alike);
}

bool sameAxis(const Axis& a, const Axis& b) {
  const auto tick = [](const Tick& s, const Tick& t) {
    return std::tie(s.value, s.label, s.major) == std::tie(t.value, t.label, t.major);
  };
  return std::tie(a.label, a.scale, a.lo, a.hi, a.named) == std::tie(b.label, b.scale, b.lo, b.hi, b.named) &&
         each(a.ticks, b.ticks, tick);
}

bool sameCurves(const Figure& a, const Figure& b) {
  const auto head = [](const auto& c) { return std::tie(c.id, c.label, c.colour); };
  return each(a.curves, b.curves,
              [&](const Curve& s, const Curve& t) {
                return head(s) == head(t) && s.marker == t.marker && s.theory == t.theory && s.faint == t.faint &&
                       s.smoothed == t.smoothed && s.weight == t.weight && s.scatter == t.scatter &&
                       s.upright == t.upright && sameBytes(s.vertices, t.vertices);
              }) &&
         each(a.bands, b.bands,
              [&](const Band& s, const Band& t) {
                return head(s) == head(t) && sameBytes(s.x, t.x) && sameBytes(s.lower, t.lower) &&
                       sameBytes(s.upper, t.upper);
              }) &&
         each(a.bars, b.bars, [&](const Bars& s, const Bars& t) {
           return head(s) == head(t) && s.ghost == t.ghost && s.points == t.points && s.loose == t.loose &&
                  sameBytes(s.values, t.values);
         });
}

bool samePlane(const Figure& a, const Figure& b) {
  return each(a.heats, b.heats,
              [](const Heat& s, const Heat& t) {
                const auto head = [](const Heat& h) {
                  return std::tie(h.id, h.label, h.rows, h.cols, h.x0, h.x1, h.y0, h.y1, h.lo, h.hi, h.scale);
                };
                return head(s) == head(t) && sameBytes(s.values, t.values);
              }) &&
         each(a.levels, b.levels,
              [](const Level& s, const Level& t) { return s.value == t.value && sameBytes(s.segments, t.segments); }) &&
         each(a.paths, b.paths,
              [](const Path& s, const Path& t) {
                return std::tie(s.id, s.label, s.colour) == std::tie(t.id, t.label, t.colour) &&
                       sameBytes(s.vertices, t.vertices);
              }) &&
         each(a.points, b.points, [](const Point& s, const Point& t) {
           return std::tie(s.label, s.colour) == std::tie(t.label, t.colour) && same(s.x, t.x) && same(s.y, t.y);
         });
}

bool sameNotes(const Figure& a, const Figure& b) {
  return each(a.marks, b.marks,
              [](const Mark& s, const Mark& t) {
                return std::tie(s.kind, s.colour, s.text) == std::tie(t.kind, t.colour, t.text) && same(s.x, t.x) &&
                       same(s.y, t.y);
              }) &&
         each(a.legend, b.legend, [](const LegendEntry& s, const LegendEntry& t) {
           const auto all = [](const LegendEntry& e) {
             return std::tie(e.label, e.note, e.colour, e.marker, e.theory, e.swatch, e.run, e.hidden, e.id);
           };
           return all(s) == all(t);
         });
}

}  // namespace

bool sameFigure(const Figure& a, const Figure& b) {
  const auto head = [](const Figure& f) {
    return std::tie(f.id, f.title, f.state, f.sentence, f.empty, f.equal_aspect, f.at_moment, f.note, f.cursor);
  };
  return head(a) == head(b) && sameAxis(a.x, b.x) && sameAxis(a.y, b.y) && sameCurves(a, b) && samePlane(a, b) &&
         sameNotes(a, b);
}

}  // namespace kappa::ui
