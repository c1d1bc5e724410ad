// When a user is busy, for people who have not signed in: whether he lets them know, and times without what
// they are for. Source: spec chronos section 10, "old style".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/calendar/calendar_reading.hpp"

namespace gw::model::calendar {

/// Who is asked about: as the address of his calendar names him.
struct BusyQuestion {
  std::string_view context;  ///< number, name or mapping
  std::string_view user;     ///< login name; with `server` what stands before the @ of his address
  std::string_view server;   ///< domain of his address; empty: `user` is a login name
  /// Around now.
  Milliseconds past, future;
};

struct PublishedBusy {
  std::string address, name;
  TimeRange range;
  std::vector<BusySlot> slots;  ///< merged, ascending; none is free, none tells its event
};

/// Errors: empty for whom nothing is published, for whatever reason: switched off here, for his context or by
/// himself (config modules/calendar/publishFreeBusy), no calendar, nobody of that name. CAL-5072.
std::optional<PublishedBusy> find_published_busy(Environment& environment, const BusyQuestion& question);

}  // namespace gw::model::calendar
