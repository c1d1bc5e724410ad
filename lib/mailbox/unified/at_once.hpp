// The same thing for several accounts at the same time, so that one slow server costs its own time and no
// more.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "core/error.hpp"

namespace gw::mailbox::unified {

inline constexpr std::size_t kMaxThreads = 8;

/// Runs `act` with 0 to count-1, on up to kMaxThreads threads that end before this returns; on the caller's
/// alone when there is but one. Gives what each threw. Nothing that belongs to the request's thread may be
/// touched in there: no database, no JSON. Errors: exceptions other than ApiError come out of here.
std::vector<std::optional<ApiError>> run_at_once(std::size_t count,
                                                 const std::function<void(std::size_t)>& act);

}  // namespace gw::mailbox::unified
