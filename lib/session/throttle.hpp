// Slowing down password guessing without letting an attacker lock the owner out. Used by login.cpp and
// passwordchange. Counters live in the database, so all processes and nodes count together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"
#include "sql/scope.hpp"

namespace gw::session {

/// Failures of one account from one place in five minutes.
inline constexpr int kMaxFailuresPerPlace = 10;
/// Failures of one account from all places that are not its own.
inline constexpr int kMaxFailuresFromStrangers = 30;
/// An address alone may fail this many times the limit per (address, User-Agent): a User-Agent is free to
/// invent.
inline constexpr int kAddressAllowance = 10;

/// Who tries, from where.
struct Attempt {
  /// The same for every spelling of one account; made of what was typed when the account does not exist.
  std::string account;
  ContextId context;  ///< 0 when the account does not exist
  UserId user;
  std::string address;
  std::string user_agent;
};

/// One attempt that was let through; says later how it went.
struct Admission {
  Attempt attempt;
  /// Rows of login_failures that a failure raises.
  std::vector<std::string> subjects;
  /// Rows that a good login clears, as it proves who was mistyping.
  std::vector<std::string> cleared;
  /// Marks of this place that are not known yet, or not since a day.
  std::vector<std::string> new_marks;
};

/// Counters, all over windows of five minutes:
///   (address, User-Agent)   settings.max_failed_logins          HttpError 429
///   address                 kAddressAllowance times that        HttpError 429
///   (account, place)        kMaxFailuresPerPlace                ApiError LGI-0028
///   account, strangers      kMaxFailuresFromStrangers           ApiError LGI-0028
/// A place is the exact address when the account signed in from it before, else its network (/24, /64) if
/// that is known, else the known User-Agent; attempts from known places neither count for nor suffer from the
/// strangers' counter. So an attacker with any number of addresses stops strangers, not the owner. Unknown
/// accounts are counted alike: nothing tells them apart. Threads:  any. Cost:     two queries.
Admission admit_attempt(sql::Connection& connection, const SessionSettings& settings, Millis now,
                        Attempt attempt);

/// Cost: one write transaction.
void record_failure(sql::Scope& database, Millis now, const Admission& admission);

/// Remembers the place for 90 days (at most 100 marks per user) and forgets its failures.
/// Cost: nothing for a place seen within a day, else one write transaction.
void record_success(sql::Scope& database, Millis now, const Admission& admission);

/// Removes what no counter needs any more. Over all contexts.
void purge_login_records(sql::Scope& database, Millis now);

}  // namespace gw::session
