/// Ties a field to the member it sets: the member's own initial value is the field's default.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/kinds/field.hpp"

namespace kappa {

/// What a field may say beyond its domain and help.
struct Extra {
  std::string unit = {};
  bool live = false;   ///< may change while running; real fields of optimizers are live unless `fixed`
  bool fixed = false;  ///< neither live nor schedulable
  std::optional<When> when = {};
};

/// Data of the user's own: read by `random/table`, named in a document as {"path": ..., "target": ...}.
struct DataFile {
  std::string path, target;
  bool given() const { return !path.empty(); }
};

template <class M>
struct Param {
  Field field;
  Extra extra;
  std::function<void(M&, const Value&)> set;
  double M::*real = nullptr;                  ///< schedulable members, written fast
  std::optional<double> M::*maybe = nullptr;  ///< the same, where "auto" is allowed
  bool is_real() const { return real != nullptr || maybe != nullptr; }

  Param(double M::*member, std::string id, std::string symbol, Domain domain, std::string help, Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more), M{}.*member) {
    real = member;
    set = [member](M& m, const Value& v) {
      if (const auto* d = std::get_if<double>(&v)) m.*member = *d;
      if (const auto* i = std::get_if<std::int64_t>(&v)) m.*member = static_cast<double>(*i);
    };
  }
  Param(std::optional<double> M::*member, std::string id, std::string symbol, Domain domain, std::string help,
        Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more),
              value_of(M{}.*member)) {
    maybe = member;
    set = [member](M& m, const Value& v) {
      m.*member = std::nullopt;
      if (const auto* d = std::get_if<double>(&v)) m.*member = *d;
      if (const auto* i = std::get_if<std::int64_t>(&v)) m.*member = static_cast<double>(*i);
    };
  }
  Param(std::optional<std::int64_t> M::*member, std::string id, std::string symbol, Domain domain, std::string help,
        Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more),
              value_of(M{}.*member)) {
    set = [member](M& m, const Value& v) {
      m.*member = std::nullopt;
      if (const auto* i = std::get_if<std::int64_t>(&v)) m.*member = *i;
    };
  }
  Param(std::int64_t M::*member, std::string id, std::string symbol, Domain domain, std::string help, Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more), M{}.*member) {
    set = [member](M& m, const Value& v) {
      if (const auto* i = std::get_if<std::int64_t>(&v)) m.*member = *i;
    };
  }
  Param(bool M::*member, std::string id, std::string symbol, Domain domain, std::string help, Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more), M{}.*member) {
    set = plain<bool>(member);
  }
  Param(std::string M::*member, std::string id, std::string symbol, Domain domain, std::string help, Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more), M{}.*member) {
    set = plain<std::string>(member);
  }
  Param(std::vector<double> M::*member, std::string id, std::string symbol, Domain domain, std::string help,
        Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more), M{}.*member) {
    set = plain<std::vector<double>>(member);
  }
  Param(std::vector<std::string> M::*member, std::string id, std::string symbol, Domain domain, std::string help,
        Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more), M{}.*member) {
    set = plain<std::vector<std::string>>(member);
  }
  /// Enumerations whose values are the domain's choices, in order. B is M or a frame that M is built on.
  template <class E, class B>
  requires std::is_enum_v<E> && std::is_base_of_v<B, M> Param(E B::*member, std::string id, std::string symbol,
                                                              Domain domain, std::string help, Extra more = {})
      : Param(std::move(id), std::move(symbol), domain, std::move(help), std::move(more),
              std::get<Choices>(domain).names.at(static_cast<std::size_t>(M{}.*member))) {
    set = [member, names = std::get<Choices>(domain).names](M& m, const Value& v) {
      for (std::size_t i = 0; i < names.size(); ++i)
        if (std::get<std::string>(v) == names[i]) m.*member = static_cast<E>(i);
    };
  }
  Param(DataFile M::*member, std::string id, std::string symbol, Domain domain, std::string help, Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more), NodePtr{}) {
    set = [member](M& m, const Value& v) {
      const auto* node = std::get_if<NodePtr>(&v);
      if (node == nullptr || !*node) return;
      const auto text = [&](const char* key) {
        const auto it = (*node)->params.find(key);
        return it == (*node)->params.end() ? std::string() : std::get<std::string>(it->second);
      };
      m.*member = DataFile{text("path"), text("target")};
    };
  }
  /// Slots: members whose value is another method. They name their initial node and take the chosen one.
  template <class S, class B>
  requires std::is_base_of_v<B, M> && requires(S s, const Node& n) {
    s.choose(n);
    s.initial;
  }
  Param(S B::*member, std::string id, std::string symbol, Domain domain, std::string help, Extra more = {})
      : Param(std::move(id), std::move(symbol), std::move(domain), std::move(help), std::move(more),
              std::make_shared<const Node>((M{}.*member).initial)) {
    set = [member](M& m, const Value& v) {
      if (const auto* node = std::get_if<NodePtr>(&v); node != nullptr && *node) (m.*member).choose(**node);
    };
  }

 private:
  Param(std::string id, std::string symbol, Domain domain, std::string help, Extra more, Value initial)
      : field{.id = std::move(id),
              .symbol = std::move(symbol),
              .unit = more.unit,
              .help = std::move(help),
              .domain = std::move(domain),
              .initial = std::move(initial),
              .live = more.live,
              .when = more.when},
        extra(std::move(more)) {}
  template <class T>
  static std::function<void(M&, const Value&)> plain(T M::*member) {
    return [member](M& m, const Value& v) {
      if (const auto* p = std::get_if<T>(&v)) m.*member = *p;
    };
  }
  template <class T>
  static Value value_of(const std::optional<T>& v) {
    return v ? Value(*v) : Value(std::string("auto"));
  }
};

template <class M>
using Params = std::vector<Param<M>>;

/// The method with every given parameter of the node set, and its slots filled.
template <class M>
M bind(const Params<M>& params, const Node& node) {
  M method;
  for (const Param<M>& param : params) {
    const auto given = node.params.find(param.field.id);
    const bool slot = std::holds_alternative<Slot>(param.field.domain);
    if (given != node.params.end())
      param.set(method, given->second);
    else if (slot)
      param.set(method, param.field.initial);
  }
  return method;
}

template <class M>
std::vector<Field> fields_of(const Params<M>& params) {
  std::vector<Field> fields;
  for (const Param<M>& param : params) fields.push_back(param.field);
  return fields;
}

/// A parameter of the kind itself (peak, warmup_steps, every), read from the node.
double number(const Node& node, std::string_view key, double otherwise);
std::int64_t integer(const Node& node, std::string_view key, std::int64_t otherwise);
std::string text(const Node& node, std::string_view key, std::string_view otherwise);

}  // namespace kappa
