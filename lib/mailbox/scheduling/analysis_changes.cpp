// How an event is, and how it would be after a message.
#include <algorithm>

#include "core/error.hpp"
#include "mailbox/scheduling/analyst.hpp"
#include "mailbox/scheduling/event_words.hpp"
#include "mailbox/typed_text.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_conflicts.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
using calendar::EventField;

/// What has no id yet must not be taken for any event.
constexpr ObjectId kNoEventYet{-1};

}  // namespace

std::optional<calendar::EventData> Analyst::as_event(const InvitationPart& part, const EventData* current) {
  EventData event = current != nullptr ? *current : EventData{};
  try {
    calendar::check_sent(part.input);
    const bool is_alone = current != nullptr && part.input.event.recurrence_id.has_value();
    if (part.input.sent.has(EventField::StartDate)) {
      calendar::copy_members(event, part.input.event, calendar::changeable_members());
      calendar::complete_end(event, part.input.sent.has(EventField::EndDate));
      const ObjectId id = event.id;
      if (!id) event.id = kNoEventYet;
      if (!is_alone && (event.rrule || !event.recurrence_dates.empty())) event.series = event.id;
      calendar::settle_times(event);
      if (!id) event.id = event.series = ObjectId();
    }
  } catch (const ApiError&) {
    return std::nullopt;
  }
  event.uid = invitation_.uid;
  event.recurrence_id = part.input.event.recurrence_id;
  event.organizer = part.input.event.organizer;
  if (!part.input.event.attendees.empty()) event.attendees = part.input.event.attendees;
  event.sequence = part.input.event.sequence;
  event.extended = Json();
  event.folder = stored_ ? stored_->folder : user_.calendar_folder;
  return event;
}

std::vector<calendar::Conflict> Analyst::conflicts_of(const EventData& shown) {
  EventData event = shown;
  calendar::Attendee own;
  own.entity = user_.id.value;
  own.part_stat = calendar::PartStat::NeedsAction;
  event.attendees = {own};
  event.calendar_user = user_.id;
  if (!event.id) {
    event.id = kNoEventYet;
    if (event.rrule || !event.recurrence_dates.empty()) event.series = event.id;
  }
  return calendar::find_conflicts(work_, {.event = event, .left_out = {}, .with_users = true});
}

std::optional<calendar::EventData> Analyst::current_of(const InvitationPart& part) const {
  if (!stored_) return std::nullopt;
  const auto& id = part.input.event.recurrence_id;
  if (!id || !calendar::is_series_master(stored_->event)) return stored_->event;
  const auto slot = calendar::find_occurrence(stored_->event, *id, true);
  if (!slot) return std::nullopt;
  for (const EventData& exception : stored_->exceptions)
    if (calendar::in_terms_of(*exception.recurrence_id, slot->recurrence_id) == slot->recurrence_id)
      return exception;
  return calendar::occurrence_event(stored_->event, *slot);
}

bool Analyst::add_change(const InvitationPart& part, bool with_conflicts) {
  const auto current = current_of(part);
  auto event = as_event(part, current ? &*current : nullptr);
  if (!event) {
    note(Oddity::Invalid);
    return false;
  }
  ItipChange change;
  change.type = current ? ChangeType::Update : ChangeType::Create;
  change.is_exception = part.input.event.recurrence_id.has_value();
  if (current) change.differences = differences(*current, *event, words_, work_.caller().timezone);
  if (change.is_exception && stored_) change.master_event = stored_->event;
  if (with_conflicts) change.conflicts = conflicts_of(*event);
  change.introduction = introduction_of(part);
  change.current_event = current;
  change.new_event = std::move(event);
  analysis_.changes.push_back(std::move(change));
  return true;
}

std::string Analyst::introduction_of(const InvitationPart& part) const {
  const EventData& event = stored_ ? stored_->event : part.input.event;
  const std::string title = title_of(event, words_);
  const auto& attendees = part.input.event.attendees;
  const std::string organizer = part.input.event.organizer ? person_words(*part.input.event.organizer) : "";
  const std::string attendee = attendees.empty() ? "" : person_words(attendees.front());
  switch (analysis_.method) {
    case Method::Request:
      return fill_in(stored_ ? words_.changed : words_.invited, organizer, title);
    case Method::Cancel:
      return fill_in(words_.cancelled, organizer, title);
    case Method::Counter:
      return fill_in(words_.proposed, attendee, title);
    case Method::Refresh:
      return fill_in(words_.asks, attendee, title);
    case Method::Reply:
      break;
    default:
      return {};
  }
  if (attendees.empty()) return {};
  switch (attendees.front().part_stat) {
    case calendar::PartStat::Accepted:
      return fill_in(words_.accepted, attendee, title);
    case calendar::PartStat::Declined:
      return fill_in(words_.declined, attendee, title);
    case calendar::PartStat::Tentative:
      return fill_in(words_.tentative, attendee, title);
    case calendar::PartStat::Delegated:
      return fill_in(words_.delegated, attendee, title);
    default:
      return fill_in(words_.unanswered, attendee, title);
  }
}

}  // namespace gw::mailbox::scheduling
