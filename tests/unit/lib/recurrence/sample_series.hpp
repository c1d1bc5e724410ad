// Series for tests from texts.
#pragma once

#include <string>

#include "recurrence/occurrences.hpp"

namespace gw::recurrence {

inline LocalTime wall(std::string_view text) { return parse_local_time(text).value(); }
inline Millis instant(std::string_view text) { return parse_basic_utc(text).value(); }
inline RecurrenceId id(std::string_view text) { return parse_recurrence_id(text).value(); }

/// `start` is a time or a day; `zone` empty for floating. One hour long, a day for days.
inline Series series(std::string_view start, std::string_view zone, std::string_view rule) {
  Series made;
  made.is_all_day = start.size() == 8;
  made.start = made.is_all_day ? LocalTime::at_midnight(parse_basic_date(start).value()) : wall(start);
  made.duration = made.is_all_day ? 86'400 : 3'600;
  if (!zone.empty()) made.zone = TimeZone::find(zone).value();
  if (!rule.empty()) made.rule = parse_rule(rule).rule;
  resolve_count(made);
  return made;
}

/// The ids of all that `walk` still gives, at most 20.
inline std::string ids(Occurrences& walk) {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    const auto found = walk.next();
    if (!found) return text;
    text += (text.empty() ? "" : " ") + format_recurrence_id(found->id);
  }
  return text + " …";
}

inline std::string ids(const Series& made, Include include = Include::Present) {
  Occurrences walk(made, include);
  return ids(walk);
}

}  // namespace gw::recurrence
