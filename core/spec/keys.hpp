/// The members of a JSON object, each asked for by name; the keys nobody asked for are errors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/spec/nodes.hpp"
#include "core/spec/parts.hpp"

namespace kappa::spec {

class Keys {
 public:
  /// An issue when the JSON is no object; then every key is missing.
  Keys(const Json& json, std::string path, Reading& reading);
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;
  ~Keys() = default;

  const Json* take(std::string_view key);                         ///< null: missing
  const Json* need(std::string_view key, std::string_view what);  ///< an issue when missing
  std::string path(std::string_view key) const { return child_path(path_, key); }
  const std::string& path() const { return path_; }
  /// A value of this part's field of that name, when it is there and allowed.
  std::optional<Value> value(Part part, std::string_view key);
  void read(Part part, std::string_view key, std::string& out);
  void read(Part part, std::string_view key, std::uint64_t& out);
  void read(Part part, std::string_view key, double& out);
  void refuse(std::string_view key, std::string_view why);  ///< a key that has no place here
  void finish();                                            ///< reports the unknown keys

 private:
  const Json& json_;
  std::string path_;
  Reading& reading_;
  std::vector<std::string_view> asked_, refused_;
};

}  // namespace kappa::spec
