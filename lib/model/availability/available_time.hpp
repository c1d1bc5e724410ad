// When a user says that he can be reached at all: plain data. Source: spec chronos section 13; RFC 7953.
#pragma once

#include <optional>
#include <string>

#include "model/calendar/event_data.hpp"

namespace gw::model::availability {

/// A stretch of time, once or repeated. A user who has some is BUSY-UNAVAILABLE outside of them all.
struct AvailableTime {
  std::int64_t id = 0;
  UserId user;
  std::string uid;
  calendar::EventTime start, end;
  std::optional<std::string> rrule;
  Millis created, modified;
};

}  // namespace gw::model::availability
