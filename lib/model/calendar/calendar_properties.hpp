// What a user has set about a calendar, his own or another's: colour and the like. Each user has his own
// view. Source: spec chronos section 14 (extended properties), RFC 6638 section 9.1 (scheduleTransp).
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "model/unit_of_work.hpp"

namespace gw::model::calendar {

/// Absent: the default of its provider.
struct CalendarProperties {
  std::optional<std::string> color, description;
  std::optional<bool> is_transparent;  ///< its events leave the owner free
  std::optional<bool> is_for_sync;     ///< sync programs are shown it
};

/// Outer: was it sent; inner: the value, or nothing to go back to the default.
struct PropertyChange {
  std::optional<std::optional<std::string>> color, description;
  std::optional<std::optional<bool>> is_transparent, is_for_sync;
  [[nodiscard]] bool is_empty() const { return !color && !description && !is_transparent && !is_for_sync; }
};

/// By calendar. Cost: one query.
std::map<FolderId, CalendarProperties> list_properties(sql::Connection& connection, ContextId context,
                                                       UserId user);
void change_properties(Transaction& transaction, FolderId folder, const PropertyChange& change);
/// Of everybody, when the calendar goes.
void erase_properties(Transaction& transaction, FolderId folder);

/// Which calendars of each user make him busy or leave him free, other than by default: true is free. Cost:
/// one query for each 256 users.
std::map<UserId, std::map<FolderId, bool>> transparent_calendars(sql::Connection& connection,
                                                                 ContextId context,
                                                                 std::span<const UserId> users);

}  // namespace gw::model::calendar
