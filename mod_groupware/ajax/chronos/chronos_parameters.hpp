// The parameters that several actions of chronos share. Source: spec chronos section 6.
#pragma once

#include <string_view>

#include "ajax/action.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::ajax {

// Tables of actions name them with these; read_options and write_options read them.
#define GW_EVENT_FIELDS \
  {"fields"}, { "extendedEntities", Type::Boolean }
#define GW_EVENT_ORDER \
  {"sort"}, { "order" }
#define GW_EVENT_RANGE \
  {"rangeStart"}, {"rangeEnd"}, { "expand", Type::Boolean }
#define GW_EVENT_WRITE                                                                                     \
  GW_EVENT_FIELDS, GW_EVENT_RANGE, {"timestamp", Type::Timestamp}, {"checkConflicts", Type::Boolean},      \
      {"sendInternalNotifications", Type::Boolean}, {"scheduling"}, {"recurrenceRange"}, {"usedGroups"}, { \
    "pushToken"                                                                                            \
  }

/// `YYYYMMDDTHHMMSSZ`; a bare day is its midnight in UTC. Errors: SVL-0010.
Millis parse_instant(std::string_view text, std::string_view parameter);
/// Parameters rangeStart and rangeEnd; empty when both are absent. Errors: SVL-0010 for one alone, a broken
/// one, an end before its start.
std::optional<model::calendar::TimeRange> asked_range(const Arguments& arguments);

/// What a list asks for: GW_EVENT_FIELDS, GW_EVENT_RANGE, and GW_EVENT_ORDER where `has_order`. Errors:
/// SVL-0010.
model::calendar::ReadOptions read_options(const Arguments& arguments, bool has_order = true);
/// `recurrenceRange`: true for the occurrence and all later ones, false when it is empty. Errors: SVL-0010.
bool parse_recurrence_range(std::string_view text);
/// GW_EVENT_WRITE. Errors: SVL-0010.
model::calendar::WriteOptions write_options(const Arguments& arguments);

/// Greatest timestamp of the events, or the context's present one when there are none.
Millis newest_of(Invocation& invocation, const std::vector<model::calendar::SeenEvent>& events);

}  // namespace gw::ajax
