// What providers share whose events are rows of this server: reading is the model's business. Their alarms
// are refused.
#include "calendars/calendar_provider.hpp"

#include "core/error.hpp"
#include "core/errors/calendar.hpp"

namespace gw::calendars {

namespace calendar = model::calendar;

void CalendarProvider::refuse() const { throw ApiError(errors::cal::kNotByProvider, {std::string(name())}); }

void CalendarProvider::refresh(model::UnitOfWork&, FolderId, Refresh) const {}

std::vector<calendar::SeenEvent> CalendarProvider::list(model::UnitOfWork& work, FolderId folder,
                                                        const calendar::ReadOptions& options) const {
  return calendar::list_folder(work, folder, options);
}

calendar::SeenEvent CalendarProvider::get(model::UnitOfWork& work, const calendar::EventRef& ref,
                                          calendar::EventFields fields) const {
  return calendar::get(work, ref, fields);
}

std::vector<calendar::SeenEvent> CalendarProvider::list_refs(model::UnitOfWork& work,
                                                             std::span<const calendar::EventRef> refs,
                                                             calendar::EventFields fields) const {
  return calendar::list_refs(work, refs, fields);
}

calendar::EventUpdates CalendarProvider::updates(model::UnitOfWork& work, FolderId folder, Millis since,
                                                 const calendar::ReadOptions& options) const {
  return calendar::updates(work, folder, since, options);
}

calendar::CalendarResult CalendarProvider::update_alarms(model::UnitOfWork&, const calendar::EventRef&,
                                                         std::span<const calendar::Alarm>,
                                                         const calendar::WriteOptions&) const {
  refuse();
}

calendar::CalendarResult CalendarProvider::acknowledge_alarm(model::UnitOfWork&, const calendar::EventRef&,
                                                             std::int64_t) const {
  refuse();
}

calendar::CalendarResult CalendarProvider::snooze_alarm(model::UnitOfWork&, const calendar::EventRef&,
                                                        std::int64_t, Milliseconds) const {
  refuse();
}

FolderId CalendarProvider::create(model::UnitOfWork&, const CalendarInput&) const { refuse(); }

void CalendarProvider::change(model::UnitOfWork&, FolderId, const CalendarInput&) const { refuse(); }

}  // namespace gw::calendars
