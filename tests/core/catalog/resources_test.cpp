/// What is compiled in is, byte for byte, what lies in resources/.
#include "core/catalog/resources.hpp"

#include <gmock/gmock.h>

#include "tests/support/source_tree.hpp"

namespace kappa {
namespace {

TEST(Resources, HoldTheFilesOfTheTreeSortedByPath) {
  std::string_view before;
  for (const Resource& resource : resources()) {
    EXPECT_LT(before, resource.path);
    before = resource.path;
    EXPECT_TRUE(resource.bytes ==
                support::read_text(std::filesystem::path(KAPPA_SOURCE_DIR) / "resources" / resource.path))
        << resource.path;
  }
}

TEST(Resources, HoldEveryGalleryDocument) {
  for (const auto& entry : std::filesystem::directory_iterator(KAPPA_SOURCE_DIR "/resources/gallery")) {
    const std::string path = "gallery/" + entry.path().filename().string();
    if (!path.ends_with(".kappa.json")) continue;
    const auto all = resources();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Resource& r) { return r.path == path; })) << path;
  }
}

}  // namespace
}  // namespace kappa
