/// How often this thread has asked for memory, through new or malloc or Armadillo alike.
#pragma once

#include <cstdint>

namespace kappa::test {

/// False under sanitizers, which bring an allocator of their own: then nothing is counted.
bool counts_allocations();
std::uint64_t allocations();

}  // namespace kappa::test
