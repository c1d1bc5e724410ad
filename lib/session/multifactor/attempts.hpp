// Slowing down whoever guesses codes of a second factor. Apart from session/throttle.hpp: who guesses here
// has the password already, so nothing is lost when its owner must wait, too; and six digits bear few tries.
#pragma once

#include <cstdint>

#include "core/time.hpp"
#include "session/multifactor/device_rows.hpp"
#include "sql/connection.hpp"

namespace gw::session::multifactor {

/// Wrong codes in a row before one must wait.
inline constexpr std::int64_t kFreeFailures = 5;
/// The first wait; each further wrong code doubles it, up to the longest. So a day bears some hundred tries.
inline constexpr std::int64_t kFirstWait = 30'000, kLongestWait = 900'000;  ///< milliseconds

/// The row that the others change. Call it where a device is made, under the context's lock.
void prepare_attempts(sql::Connection& connection, const Owner& owner);

/// Counts one try as wrong and keeps everybody else from trying until the transaction ends: codes are judged
/// one after the other. First statement of the transaction. Gives how long to wait; 0: the code may be
/// judged. Units: milliseconds
std::int64_t enter_attempt(sql::Connection& connection, const Owner& owner, Millis now);
/// The code was wrong: sets the time of the next try.
void fail_attempt(sql::Connection& connection, const Owner& owner, Millis now);
/// It was right: what was wrong before is forgotten.
void clear_attempts(sql::Connection& connection, const Owner& owner);

}  // namespace gw::session::multifactor
