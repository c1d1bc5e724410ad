// How a fuzz entry says that a promise was broken: the process ends, and the fuzzer keeps the input.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace gw::fuzz {

/// Ends the process when `holds` is false; the line of the call is printed first. The builtins stand for
/// std::source_location, which clang 14 lacks.
inline void require(bool holds, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (holds) return;
  std::fprintf(stderr, "broken promise at %s:%d\n", file, line);
  std::abort();
}

/// Runs what reads input. True: it was taken; false: it was refused with one of the promised codes
/// ("SVL-0010"). Any other refusal is a broken promise.
template <class Read>
bool is_taken(std::initializer_list<std::string_view> codes, const Read& read) {
  try {
    read();
    return true;
  } catch (const ApiError& error) {
    const std::string code = format_code(error.code());
    const bool is_promised = std::find(codes.begin(), codes.end(), code) != codes.end();
    if (!is_promised) std::fprintf(stderr, "unexpected %s: %s\n", code.c_str(), error.what());
    require(is_promised);
    return false;
  }
}

}  // namespace gw::fuzz
