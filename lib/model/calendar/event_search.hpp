// Which events lie where and when: lists of one folder, of one participant, changes since a stamp. No rights here.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/calendar/calendar_reading.hpp"
#include "model/calendar/event_store.hpp"

namespace gw::model::calendar::store {

/// Where to look. Several places may be asked for in one Condition; an event found twice comes once.
struct Places {
  /// Events that lie in these folders (public ones, and personal ones of events without attendees).
  std::vector<FolderId> folders;
  /// Events in which these take part and which they did not hide. `in_folder`: only what this user sees there.
  Kind kind = Kind::User;
  std::vector<std::int64_t> takers;
  FolderId in_folder;
};

struct Condition {
  std::optional<TimeRange> range;  ///< widened already for floating ones: rows keep what any viewer may see
  std::optional<Millis> changed_after;
  std::optional<PartStat> part_stat;  ///< of the taker
  std::vector<std::string> pieces;    ///< folded pieces of text that must all occur in the summary
  bool with_hidden = false;           ///< also what takers hid
};

/// An event and through whom it was found; `taker` 0: through the folder.
struct Found {
  EventRow row;
  std::int64_t taker = 0;
};

/// In no order. Stops with one more than `most` (0: no limit).
/// Cost: two index ranges for each folder and taker, both bounded by the time range; with attendees one select more for
/// each 256 events.
std::vector<Found> search(sql::Connection& connection, ContextId context, const Places& places,
                          const Condition& condition, Parts parts, std::size_t most = 0);

}  // namespace gw::model::calendar::store
