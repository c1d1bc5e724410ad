// All calendars of a user, wherever they come from: which provider a folder belongs to, and providers by
// their names. A further provider is one line in calendars.cpp. Source: spec chronos sections 1 and 14.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "calendars/birthdays/birthday_calendar.hpp"
#include "calendars/feeds/feed_calendar.hpp"
#include "calendars/own_calendars.hpp"

namespace gw::calendars {

/// Threads: any. One for a process.
class Calendars {
 public:
  /// What feeds may be read from; nothing: feeds are off.
  explicit Calendars(std::optional<mail::web::FetchRules> rules) : feeds_(std::move(rules)) {}

  /// Errors: CAL-4044 no such account, or somebody else's; 5030 of a provider that is not there any more,
  /// 4036 of birthdays without contacts. Cost: a query for accounts that have a row.
  [[nodiscard]] const CalendarProvider& of(model::UnitOfWork& work, FolderId folder) const;
  /// Errors: CAL-4228 for names that nobody bears here.
  [[nodiscard]] const CalendarProvider& named(std::string_view name) const;

  /// The process ends: whoever waits for a calendar from elsewhere is told what there is. Threads: any.
  void stop() const noexcept { feeds_.stop(); }

  /// Of several folders, in the order asked for; what is unknown or unreadable is left out.
  [[nodiscard]] std::vector<model::calendar::SeenEvent> list_refs(
      model::UnitOfWork& work, std::span<const model::calendar::EventRef> refs,
      model::calendar::EventFields fields) const;
  /// Due before `until`, of all accounts.
  [[nodiscard]] std::vector<model::calendar::AlarmTrigger> pending_alarms(
      model::UnitOfWork& work, Millis until, std::span<const std::string> actions) const;

  /// Fills in what calendars among them tell of where they come from. Folders of others' accounts go. Cost:
  /// two queries.
  void describe(model::UnitOfWork& work, std::vector<model::folders::Node>& nodes) const;
  /// Nothing for users who do not have it.
  [[nodiscard]] std::optional<model::folders::Node> birthday_folder(model::UnitOfWork& work,
                                                                    std::string_view locale) const;

 private:
  [[nodiscard]] const CalendarProvider* find(std::string_view name) const;

  OwnCalendars own_;
  birthdays::BirthdayCalendar birthdays_;
  feeds::FeedCalendar feeds_;
};

}  // namespace gw::calendars
