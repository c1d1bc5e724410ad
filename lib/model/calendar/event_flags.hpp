// The flags of an event for one who looks at it. Source: spec chronos section 4.
#pragma once

#include "model/calendar/event_data.hpp"

namespace gw::model::calendar {

struct FlagContext {
  UserId calendar_user;  ///< of the folder
  UserId viewer;
  bool has_attachments = false;
  bool has_alarms = false;                 ///< of the calendar user
  bool is_first = false, is_last = false;  ///< occurrences only
};
std::uint32_t flags_of(const EventData& event, const FlagContext& context);

}  // namespace gw::model::calendar
