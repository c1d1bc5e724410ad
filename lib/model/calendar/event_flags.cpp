#include "model/calendar/event_flags.hpp"

#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar {
namespace {

class FlagSet {
 public:
  void set(EventFlag flag, bool on = true) {
    if (on) bits_ |= std::uint32_t{1} << static_cast<unsigned>(flag);
  }
  [[nodiscard]] std::uint32_t bits() const { return bits_; }

 private:
  std::uint32_t bits_ = 0;
};

EventFlag flag_of(PartStat part_stat) {
  switch (part_stat) {
    case PartStat::Accepted:
      return EventFlag::Accepted;
    case PartStat::Declined:
      return EventFlag::Declined;
    case PartStat::Tentative:
      return EventFlag::Tentative;
    case PartStat::Delegated:
      return EventFlag::Delegated;
    case PartStat::NeedsAction:
      break;
  }
  return EventFlag::NeedsAction;
}

}  // namespace

std::uint32_t flags_of(const EventData& event, const FlagContext& context) {
  FlagSet flags;
  flags.set(EventFlag::Attachments, context.has_attachments);
  flags.set(EventFlag::Alarms, context.has_alarms);
  flags.set(EventFlag::Scheduled, is_scheduled(event));
  const bool is_himself = context.viewer == context.calendar_user;
  if (is_organizer(event, context.calendar_user))
    flags.set(is_himself ? EventFlag::Organizer : EventFlag::OrganizerOnBehalf);
  const Attendee* attendee = find_attendee(event, context.calendar_user);
  if (attendee != nullptr) {
    flags.set(is_himself ? EventFlag::Attendee : EventFlag::AttendeeOnBehalf);
    flags.set(flag_of(attendee->part_stat));
  }
  flags.set(EventFlag::Private, event.classification == Classification::Private);
  flags.set(EventFlag::Confidential, event.classification == Classification::Confidential);
  flags.set(EventFlag::Transparent, is_transparent_for(event, context.calendar_user));
  flags.set(EventFlag::EventTentative, event.status == EventStatus::Tentative);
  flags.set(EventFlag::EventConfirmed, event.status == EventStatus::Confirmed);
  flags.set(EventFlag::EventCancelled, event.status == EventStatus::Cancelled);
  flags.set(EventFlag::Series, is_series_master(event));
  flags.set(EventFlag::Overridden, is_exception(event));
  flags.set(EventFlag::FirstOccurrence, context.is_first);
  flags.set(EventFlag::LastOccurrence, context.is_last);
  return flags.bits();
}

}  // namespace gw::model::calendar
