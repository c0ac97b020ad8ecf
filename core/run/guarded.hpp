/// The one boundary where a throw inside a run becomes an outcome.
#pragma once

#include <exception>
#include <new>
#include <string>

#include "core/base/issue.hpp"
#include "core/kinds/oracle.hpp"
#include "core/kinds/outcome.hpp"

namespace kappa {

template <class Fail, class Work>
void guarded(const Fail& fail, const Work& work) {
  try {
    work();
  } catch (const DataError& error) {
    fail(Outcome{Ended::failed, 0, to_string(error.issue)});
  } catch (const Refused& refused) {
    fail(Outcome{Ended::failed, 0, refused.what});
  } catch (const std::bad_alloc&) {
    fail(Outcome{Ended::failed, 0, "not enough memory"});
  } catch (const std::exception& error) {
    fail(Outcome{Ended::failed, 0, error.what()});
  }
}

}  // namespace kappa
