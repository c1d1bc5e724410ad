// Where calendars come from: one interface for the calendars that this server keeps itself, for birthdays of
// contacts and for documents elsewhere. What a provider does not offer it refuses. Source: spec chronos
// section 14.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "model/calendar/calendar_accounts.hpp"
#include "model/calendar/calendar_properties.hpp"
#include "model/calendar/calendar_writing.hpp"
#include "model/calendar/mail_alarms.hpp"

namespace gw::calendars {

/// When a calendar that is kept here is read anew where it comes from.
enum class Refresh {
  Later,    ///< nobody waits for it: what was never read has an error until it was
  WhenDue,  ///< what was never read is waited for, the rest is read later
  Now,
};

/// What a client says of a calendar when it is made, changed or tried.
struct CalendarInput {
  std::optional<std::string> title;
  std::optional<bool> is_subscribed;
  Json config;      ///< missing: not sent
  Json properties;  ///< as extended_properties.hpp reads them; missing: not sent
};

/// What a folder tells of where it comes from.
struct CalendarShape {
  std::string_view provider;
  Json config;      ///< without the password; missing: there is none
  Json properties;  ///< an object
};

/// Threads: any. Errors of everything: CAL-4228 where it is not offered.
class CalendarProvider {
 public:
  virtual ~CalendarProvider() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;

  // Events. The folder is one of this provider.

  /// Brings up to date what is kept here. Call without a snapshot: it releases the connection before it asks
  /// anybody. Errors: CAL-4010, 5030, 5031, 4004, 4006 when there is nothing to show, or it was asked for.
  virtual void refresh(model::UnitOfWork& work, FolderId folder, Refresh how) const;
  /// The others: as the functions of calendar_reading.hpp.
  virtual std::vector<model::calendar::SeenEvent> list(model::UnitOfWork& work, FolderId folder,
                                                       const model::calendar::ReadOptions& options) const;
  virtual model::calendar::SeenEvent get(model::UnitOfWork& work, const model::calendar::EventRef& ref,
                                         model::calendar::EventFields fields) const;
  virtual std::vector<model::calendar::SeenEvent> list_refs(model::UnitOfWork& work,
                                                            std::span<const model::calendar::EventRef> refs,
                                                            model::calendar::EventFields fields) const;
  virtual model::calendar::EventUpdates updates(model::UnitOfWork& work, FolderId folder, Millis since,
                                                const model::calendar::ReadOptions& options) const;

  // Alarms of the caller: as those of calendar_writing.hpp.

  virtual model::calendar::CalendarResult update_alarms(model::UnitOfWork& work,
                                                        const model::calendar::EventRef& ref,
                                                        std::span<const model::calendar::Alarm> alarms,
                                                        const model::calendar::WriteOptions& options) const;
  virtual model::calendar::CalendarResult acknowledge_alarm(model::UnitOfWork& work,
                                                            const model::calendar::EventRef& ref,
                                                            std::int64_t alarm) const;
  virtual model::calendar::CalendarResult snooze_alarm(model::UnitOfWork& work,
                                                       const model::calendar::EventRef& ref,
                                                       std::int64_t alarm, Milliseconds time) const;

  /// For reminders by mail: how events are made that are no rows. Looks at no more rights than those to read
  /// what they are made from.
  [[nodiscard]] virtual model::calendar::EventMaker event_maker() const { return {}; }

  // Accounts.

  /// What the calendar would be like: config, properties and a title. Asks where it comes from. Errors: those
  /// of create and refresh.
  [[nodiscard]] virtual CalendarInput probe(model::UnitOfWork& work, const CalendarInput& input) const = 0;
  /// A new account and its folder. Errors: CAL-4004, 4046, 5030, 5075.
  virtual FolderId create(model::UnitOfWork& work, const CalendarInput& input) const;
  /// Config, properties, and of folders without a row the subscription. Errors: as create.
  virtual void change(model::UnitOfWork& work, FolderId folder, const CalendarInput& input) const;
  /// `account`: nullptr where there is no row.
  [[nodiscard]] virtual CalendarShape describe(
      const model::calendar::AccountRow* account,
      const model::calendar::CalendarProperties& properties) const = 0;

 protected:
  [[noreturn]] void refuse() const;
};

}  // namespace gw::calendars
