#include "model/calendar/event_originals.hpp"

#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_store.hpp"

namespace gw::model::calendar {

bool is_seen_whole(const UnitOfWork& work, const SeenEvent& seen) {
  return sight_by_class(seen.event, work.caller().user) == Sight::Everything;
}

std::string original_of(UnitOfWork& work, const SeenEvent& seen) {
  if (!is_seen_whole(work, seen)) return {};
  return store::find_original(work.connection(), work.context(), seen.event.id).value_or("");
}

}  // namespace gw::model::calendar
