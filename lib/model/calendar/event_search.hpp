// Which events lie where and when: of folders, of participants, changed since a stamp. No rights here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/calendar/calendar_reading.hpp"
#include "model/calendar/event_store.hpp"
#include "model/folders/classified_content.hpp"
#include "model/participant_search.hpp"

namespace gw::model::calendar::store {

/// Where to look. An event that is found in several places comes once for each taker and once for its folder.
struct Places {
  /// Events that lie in these folders: public ones, and those without attendees.
  std::vector<FolderId> folders;
  /// Events in which these take part and which they did not hide.
  std::vector<std::int64_t> takers;
  Kind kind = Kind::User;
  FolderId in_folder;  ///< only what the takers see there; 0: everywhere
};

struct Condition {
  /// Rows of series and of floating events are kept when any viewer may see a part of them in the range.
  std::optional<TimeRange> range;
  std::optional<Millis> changed_after;
  std::optional<PartStat> part_stat;  ///< of the taker
  /// Folded pieces of text that must all occur in what is searched by (search_text). Only a prefilter.
  std::vector<std::string> pieces;
  /// The same, there or in the name of an attached file; exceptions show the files of their series, too.
  std::vector<std::string> pieces_or_names;
  std::vector<ParticipantCondition> participants;  ///< all must hold
  std::optional<bool> is_series;  ///< true: series and their exceptions; false: single events
  /// What `answerer` said to it; empty: anything, or he is not asked.
  std::vector<PartStat> answers;
  UserId answerer;
  std::size_t most = 0;  ///< stops with one more than that; 0: no limit
};

/// An event and through whom it was found; `taker` 0: through its folder.
struct Found {
  EventRow row;
  std::int64_t taker = 0;
};

/// In no order. Cost: for folders and for takers one select each, two index ranges for each of them, both
/// bounded when a range is given; with attendees one select more for each 256 events.
std::vector<Found> search(sql::Connection& connection, ContextId context, const Places& places,
                          const Condition& condition, Parts parts);

/// What lies in the folder, or is seen there by its owner. `user`: whose own are counted.
folders::ClassifiedCount count_folder(sql::Connection& connection, ContextId context, FolderId folder,
                                      UserId user);

}  // namespace gw::model::calendar::store
