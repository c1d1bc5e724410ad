// The calendars that this server keeps itself: account 0, provider `chronos`. They are made and changed as
// folders; this tells their properties.
#pragma once

#include "calendars/calendar_provider.hpp"

namespace gw::calendars {

class OwnCalendars final : public CalendarProvider {
 public:
  static constexpr std::string_view kName = "chronos";
  [[nodiscard]] std::string_view name() const override { return kName; }

  model::calendar::CalendarResult update_alarms(model::UnitOfWork& work, const model::calendar::EventRef& ref,
                                                std::span<const model::calendar::Alarm> alarms,
                                                const model::calendar::WriteOptions& options) const override;
  model::calendar::CalendarResult acknowledge_alarm(model::UnitOfWork& work,
                                                    const model::calendar::EventRef& ref,
                                                    std::int64_t alarm) const override;
  model::calendar::CalendarResult snooze_alarm(model::UnitOfWork& work, const model::calendar::EventRef& ref,
                                               std::int64_t alarm, Milliseconds time) const override;

  [[nodiscard]] CalendarInput probe(model::UnitOfWork& work, const CalendarInput& input) const override;
  /// Properties alone. The caller must see the folder.
  void change(model::UnitOfWork& work, FolderId folder, const CalendarInput& input) const override;
  [[nodiscard]] CalendarShape describe(const model::calendar::AccountRow* account,
                                       const model::calendar::CalendarProperties& properties) const override;
};

}  // namespace gw::calendars
