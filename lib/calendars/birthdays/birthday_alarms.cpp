// Alarms of birthdays: rows like those of all events, under the number of the contact.
#include <algorithm>
#include <array>
#include <set>

#include "calendars/birthdays/birthday_calendar.hpp"
#include "calendars/birthdays/birthday_event.hpp"
#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/contacts/contact_birthdays.hpp"
#include "model/folders/account_folders.hpp"

namespace gw::calendars::birthdays {
namespace {

namespace calendar = model::calendar;
namespace cal = errors::cal;
namespace store = model::calendar::store;

/// Units: as for other events.
constexpr Milliseconds kShortestBirthdaySnooze{1'000}, kLongestBirthdaySnooze{366LL * 86'400'000};

[[noreturn]] void refuse_birthday_alarm(std::int64_t alarm, const calendar::EventRef& ref) {
  throw ApiError(cal::kAlarmNotFound, {std::to_string(alarm), std::to_string(ref.event.value)});
}

}  // namespace

calendar::CalendarResult BirthdayCalendar::edit_alarms(model::UnitOfWork& work, const calendar::EventRef& ref,
                                                       calendar::EventFields fields,
                                                       const AlarmEdit& edit) const {
  Millis stamp;
  work.write([&](model::Transaction& transaction) {
    stamp = transaction.stamp();
    const model::Caller& caller = work.caller();
    sql::Connection& connection = transaction.connection();
    const auto contacts = model::contacts::find_birthdays(work, std::array{ref.event});
    if (contacts.empty()) throw ApiError(cal::kNotFound, {std::to_string(ref.event.value)});
    const calendar::EventData event = birthday_event(contacts.front(), caller);
    auto alarms =
        store::load_alarms(connection, caller.context, caller.user, std::array{ref.event})[ref.event];
    if (!edit(alarms, transaction)) return;
    store::replace_alarms(connection, caller.context, event.id, caller.user, alarms);
    calendar::People people(work);
    const auto triggers = calendar::triggers_of(event, {{caller.user, alarms}}, {}, people, work.now());
    store::replace_triggers(connection, caller.context, event.id, caller.user, triggers);
  });
  calendar::CalendarResult result;
  result.updated.push_back(get(work, {ref.folder, ref.event, {}}, fields));
  result.timestamp = stamp;
  return result;
}

calendar::CalendarResult BirthdayCalendar::update_alarms(model::UnitOfWork& work,
                                                         const calendar::EventRef& ref,
                                                         std::span<const calendar::Alarm> sent,
                                                         const calendar::WriteOptions& options) const {
  calendar::check_alarms(sent);
  return edit_alarms(work, ref, options.fields,
                     [&](std::vector<calendar::Alarm>& alarms, model::Transaction& transaction) {
                       auto changed = calendar::changed_alarms(sent, alarms, transaction);
                       if (!changed) return false;
                       alarms = std::move(*changed);
                       return true;
                     });
}

calendar::CalendarResult BirthdayCalendar::acknowledge_alarm(model::UnitOfWork& work,
                                                             const calendar::EventRef& ref,
                                                             std::int64_t alarm) const {
  return edit_alarms(work, ref, calendar::EventFields::all(),
                     [&](std::vector<calendar::Alarm>& alarms, model::Transaction&) {
                       if (!calendar::acknowledge(alarms, alarm, work.now()))
                         refuse_birthday_alarm(alarm, ref);
                       return true;
                     });
}

calendar::CalendarResult BirthdayCalendar::snooze_alarm(model::UnitOfWork& work,
                                                        const calendar::EventRef& ref, std::int64_t alarm,
                                                        Milliseconds time) const {
  if (time < kShortestBirthdaySnooze || time > kLongestBirthdaySnooze)
    throw ApiError(cal::kBadAlarm, {std::to_string(time.count()) + " ms"});
  return edit_alarms(work, ref, calendar::EventFields::all(),
                     [&](std::vector<calendar::Alarm>& alarms, model::Transaction& transaction) {
                       const std::vector<calendar::Alarm> stored = alarms;
                       const Millis now = work.now();
                       if (!calendar::snooze(alarms, alarm, now, {now.value + time.count()}))
                         refuse_birthday_alarm(alarm, ref);
                       alarms = calendar::identified_alarms(alarms, stored, transaction);
                       return true;
                     });
}

calendar::EventMaker BirthdayCalendar::event_maker() const {
  return [](model::UnitOfWork& work, ObjectId contact) -> std::optional<calendar::EventData> {
    const auto found = model::contacts::find_birthdays(work, std::array{contact});
    if (found.empty()) return std::nullopt;
    return birthday_event(found.front(), work.caller());
  };
}

void drop_lost_birthdays(model::UnitOfWork& work, std::vector<calendar::AlarmTrigger>& triggers) {
  std::vector<ObjectId> ids;
  for (const calendar::AlarmTrigger& trigger : triggers)
    if (trigger.folder == model::folders::kBirthdayFolder) ids.push_back(trigger.event);
  if (ids.empty()) return;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::set<ObjectId> known;
  if (BirthdayCalendar::is_offered_to(work.caller()))
    for (const auto& contact : model::contacts::find_birthdays(work, ids)) known.insert(ObjectId(contact.id));
  std::erase_if(triggers, [&](const calendar::AlarmTrigger& trigger) {
    return trigger.folder == model::folders::kBirthdayFolder && !known.contains(trigger.event);
  });
}

}  // namespace gw::calendars::birthdays
