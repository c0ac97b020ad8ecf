/// The one door through which the window sees the core.
#pragma once

#if __has_include("core/lab.hpp")
#include "core/lab.hpp"
#else
#include "core/figure/figure.hpp"
#include "core/figure/palette.hpp"
#include "core/figure/ticks.hpp"
#endif
