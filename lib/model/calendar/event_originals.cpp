#include "model/calendar/event_originals.hpp"

#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_store.hpp"

namespace gw::model::calendar {

std::string original_of(UnitOfWork& work, const SeenEvent& seen) {
  const UserId reader = work.caller().user;
  if (sight_by_class(seen.event, reader) != Sight::Everything) return {};
  return store::find_original(work.connection(), work.context(), seen.event.id).value_or("");
}

}  // namespace gw::model::calendar
