// Where an event is seen and who must hear that it changed. Inside the transaction: rights may change right
// after. Source: spec udp-push section 9, chronos section 7.
#pragma once

#include <vector>

#include "model/calendar/event_data.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::calendar {

struct Sighting {
  FolderId folder;
  UserId owner;  ///< 0: a public folder
  auto operator<=>(const Sighting&) const = default;
};
/// Every folder in which the event lies, ascending, each once.
std::vector<Sighting> sightings_of(const EventData& event);

/// Raises the change for everybody who sees the folders of `before` or `after`; of events that were and are
/// PRIVATE only for those who take part. Either may be null. `folder`: of the request; of moves the new one,
/// and `source` the old one. Who is newly asked for an answer is told so by an event of its own.
void raise_change(Transaction& transaction, ChangeKind kind, FolderId folder, const EventData* before,
                  const EventData* after, FolderId source = {});
/// Leaves tombstones where the event is seen no longer, takes those away where it came back. Of what was
/// PRIVATE only those are told who knew of it. One that became PRIVATE leaves tombstones where it stays, for
/// everybody: who still sees it passes over them.
void settle_tombstones(Transaction& transaction, const EventData* before, const EventData* after);

}  // namespace gw::model::calendar
