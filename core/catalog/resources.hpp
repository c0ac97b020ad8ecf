/// The gallery, lessons and themes compiled into the programs.
#pragma once
#include <span>
#include <string_view>

namespace kappa {

struct Resource {
  std::string_view path;  // below resources/, such as "gallery/conditioning.kappa.json"
  std::string_view bytes;
};

std::span<const Resource> resources();  // sorted by path

}  // namespace kappa
