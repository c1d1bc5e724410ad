// Birthdays of all contacts that a user may read, as a calendar of his: provider `birthdays`. Everybody with
// contacts has it; nothing of it is stored but its settings and his alarms. Source: spec chronos section 14.
#pragma once

#include <functional>

#include "calendars/calendar_provider.hpp"
#include "model/folders/node.hpp"

namespace gw::calendars::birthdays {

class BirthdayCalendar final : public CalendarProvider {
 public:
  static constexpr std::string_view kName = "birthdays";
  [[nodiscard]] std::string_view name() const override { return kName; }
  /// Internal users with calendar and contacts.
  [[nodiscard]] static bool is_offered_to(const model::Caller& caller);

  std::vector<model::calendar::SeenEvent> list(model::UnitOfWork& work, FolderId folder,
                                               const model::calendar::ReadOptions& options) const override;
  model::calendar::SeenEvent get(model::UnitOfWork& work, const model::calendar::EventRef& ref,
                                 model::calendar::EventFields fields) const override;
  std::vector<model::calendar::SeenEvent> list_refs(model::UnitOfWork& work,
                                                    std::span<const model::calendar::EventRef> refs,
                                                    model::calendar::EventFields fields) const override;
  model::calendar::EventUpdates updates(model::UnitOfWork& work, FolderId folder, Millis since,
                                        const model::calendar::ReadOptions& options) const override;

  model::calendar::CalendarResult update_alarms(model::UnitOfWork& work, const model::calendar::EventRef& ref,
                                                std::span<const model::calendar::Alarm> alarms,
                                                const model::calendar::WriteOptions& options) const override;
  model::calendar::CalendarResult acknowledge_alarm(model::UnitOfWork& work,
                                                    const model::calendar::EventRef& ref,
                                                    std::int64_t alarm) const override;
  model::calendar::CalendarResult snooze_alarm(model::UnitOfWork& work, const model::calendar::EventRef& ref,
                                               std::int64_t alarm, Milliseconds time) const override;
  [[nodiscard]] model::calendar::EventMaker event_maker() const override;

  [[nodiscard]] CalendarInput probe(model::UnitOfWork& work, const CalendarInput& input) const override;
  void change(model::UnitOfWork& work, FolderId folder, const CalendarInput& input) const override;
  [[nodiscard]] CalendarShape describe(const model::calendar::AccountRow* account,
                                       const model::calendar::CalendarProperties& properties) const override;

  /// The folder that shows it; it has no row. Its id and provider members are the caller's business.
  [[nodiscard]] model::folders::Node folder_node(model::UnitOfWork& work, std::string_view locale) const;

 private:
  /// What becomes of the alarms of an event; false: there is nothing to change.
  using AlarmEdit =
      std::function<bool(std::vector<model::calendar::Alarm>& alarms, model::Transaction& transaction)>;
  model::calendar::CalendarResult edit_alarms(model::UnitOfWork& work, const model::calendar::EventRef& ref,
                                              model::calendar::EventFields fields,
                                              const AlarmEdit& edit) const;
};

/// Takes those away whose contact is gone or hidden now.
void drop_lost_birthdays(model::UnitOfWork& work, std::vector<model::calendar::AlarmTrigger>& triggers);

}  // namespace gw::calendars::birthdays
