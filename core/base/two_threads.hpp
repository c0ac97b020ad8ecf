/// Pieces of work that wait for nothing of each other, by this thread and a second one.
#pragma once

#include <atomic>
#include <cstddef>
#include <future>
#include <system_error>

namespace kappa {

/// Calls work(0) .. work(n-1), each once; on two threads if that is worth one, and if there is one to be had. What a
/// piece throws is thrown here once both are done.
template <class Work>
void by_two_threads(std::size_t n, bool worth, const Work& work) {
  std::atomic<std::size_t> next{0};
  const auto rest = [&] {
    for (std::size_t i = next++; i < n; i = next++) work(i);
  };
  std::future<void> beside;
  try {
    if (worth && n > 1) beside = std::async(std::launch::async, rest);
  } catch (const std::system_error&) {
    // no thread to be had: this one does it all
  }
  rest();
  if (beside.valid()) beside.get();
}

}  // namespace kappa
