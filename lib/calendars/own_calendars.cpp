#include "calendars/own_calendars.hpp"

#include "calendars/extended_properties.hpp"

namespace gw::calendars {
namespace {

namespace calendar = model::calendar;

constexpr PropertyDefaults kOwnDefaults{};

/// A calendar as it would be with these properties.
calendar::CalendarProperties with_change(const calendar::PropertyChange& change) {
  return {change.color.value_or(std::nullopt), change.description.value_or(std::nullopt),
          change.is_transparent.value_or(std::nullopt), change.is_for_sync.value_or(std::nullopt)};
}

}  // namespace

calendar::CalendarResult OwnCalendars::update_alarms(model::UnitOfWork& work, const calendar::EventRef& ref,
                                                     std::span<const calendar::Alarm> alarms,
                                                     const calendar::WriteOptions& options) const {
  return calendar::update_alarms(work, ref, alarms, options);
}

calendar::CalendarResult OwnCalendars::acknowledge_alarm(model::UnitOfWork& work,
                                                         const calendar::EventRef& ref,
                                                         std::int64_t alarm) const {
  return calendar::acknowledge_alarm(work, ref, alarm);
}

calendar::CalendarResult OwnCalendars::snooze_alarm(model::UnitOfWork& work, const calendar::EventRef& ref,
                                                    std::int64_t alarm, Milliseconds time) const {
  return calendar::snooze_alarm(work, ref, alarm, time);
}

CalendarInput OwnCalendars::probe(model::UnitOfWork&, const CalendarInput& input) const {
  CalendarInput suggested = input;
  if (!suggested.title || suggested.title->empty()) suggested.title = "Calendar";
  if (!suggested.config.is_object()) suggested.config = Json::object();
  suggested.properties =
      write_properties(with_change(parse_properties(input.properties, kOwnDefaults, kName)), kOwnDefaults);
  return suggested;
}

void OwnCalendars::change(model::UnitOfWork& work, FolderId folder, const CalendarInput& input) const {
  const auto change = parse_properties(input.properties, kOwnDefaults, kName);
  if (change.is_empty()) return;
  work.write(
      [&](model::Transaction& transaction) { calendar::change_properties(transaction, folder, change); });
}

CalendarShape OwnCalendars::describe(const calendar::AccountRow*,
                                     const calendar::CalendarProperties& properties) const {
  return {kName, Json(), write_properties(properties, kOwnDefaults)};
}

}  // namespace gw::calendars
