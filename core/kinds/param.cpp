/// Reads a node's parameters by name, and says in words what a domain allows.
#include "core/kinds/param.hpp"

#include "core/trace/number.hpp"

namespace kappa {

double number(const Node& node, std::string_view key, double otherwise) {
  const auto it = node.params.find(key);
  if (it == node.params.end()) return otherwise;
  if (const auto* d = std::get_if<double>(&it->second)) return *d;
  if (const auto* i = std::get_if<std::int64_t>(&it->second)) return static_cast<double>(*i);
  return otherwise;
}

std::int64_t integer(const Node& node, std::string_view key, std::int64_t otherwise) {
  const auto it = node.params.find(key);
  if (it == node.params.end()) return otherwise;
  const auto* i = std::get_if<std::int64_t>(&it->second);
  return i != nullptr ? *i : otherwise;
}

std::string text(const Node& node, std::string_view key, std::string_view otherwise) {
  const auto it = node.params.find(key);
  if (it == node.params.end()) return std::string(otherwise);
  const auto* s = std::get_if<std::string>(&it->second);
  return s != nullptr ? *s : std::string(otherwise);
}

namespace {

std::string shown(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

struct InWords {
  std::string operator()(const Flag&) const { return "true or false"; }
  std::string operator()(const Range& r) const {
    const std::string also = r.automatic ? ", or \"auto\"" : "";
    if (r.hi >= 1e300)
      return (r.open_lo ? "a number above " : "a number from ") + shown(r.lo) + (r.open_lo ? "" : " up") + also;
    const std::string low =
        r.open_lo ? "a number above " + shown(r.lo) + " and " : "a number from " + shown(r.lo) + " to ";
    const std::string high = r.open_lo ? (r.open_hi ? "below " : "at most ") : (r.open_hi ? "below " : "");
    return low + high + shown(r.hi) + also;
  }
  std::string operator()(const Count& c) const {
    return "a whole number from " + std::to_string(c.lo) + " to " + std::to_string(c.hi) +
           (c.automatic ? ", or \"auto\"" : "");
  }
  std::string operator()(const Choices& c) const { return "one of " + joined(c.names); }
  std::string operator()(const Text&) const { return "a text"; }
  std::string operator()(const FilePath&) const { return "a file's path"; }
  std::string operator()(const Many& m) const {
    return "a list of " + std::to_string(m.least) + " to " + std::to_string(m.most) + " numbers from " +
           shown(m.of.lo) + " to " + shown(m.of.hi);
  }
  std::string operator()(const Names& n) const {
    return "a list of " + std::to_string(n.least) + " to " + std::to_string(n.most) + " texts";
  }
  std::string operator()(const Slot& s) const {
    const std::string name(name_of(s.kind));
    return (name.front() == 'o' || name.front() == 'i' ? "an " : "a ") + name + " object with a \"type\"";
  }
  std::string operator()(const DataSource&) const { return "an object with \"path\" and \"target\""; }
};

}  // namespace

std::string allowed(const Domain& domain) { return std::visit(InWords{}, domain); }

}  // namespace kappa
