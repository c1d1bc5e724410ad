// What attendees say: REPLY, COUNTER, REFRESH.
#include <algorithm>

#include "mailbox/event_wording.hpp"
#include "mailbox/scheduling/analyst.hpp"
#include "mailbox/scheduling/event_words.hpp"
#include "mailbox/typed_text.hpp"
#include "model/calendar/delegation.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/invitation_notes.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
using calendar::EventField;

}  // namespace

const calendar::Attendee* Analyst::attendee_who_writes(bool may_be_unknown) {
  if (!stored_ || !stored_->is_organized) {
    note(Oddity::UnknownEvent);
    return nullptr;
  }
  const auto& attendees = first().input.event.attendees;
  if (attendees.empty()) {
    note(Oddity::Invalid);
    return nullptr;
  }
  analysis_.attendee = attendees.front();
  if (!is_sender(attendees.front()) && !is_deputy_of(attendees.front())) {
    note(Oddity::NotAttendee, person_words(attendees.front()));
    return nullptr;
  }
  const auto current = current_of(first());
  if (!current) {
    note(Oddity::UnknownEvent);
    return nullptr;
  }
  const auto user =
      model::users::find_by_address(work_.connection(), work_.context(), mail_address_of(attendees.front()));
  const bool is_known =
      std::any_of(current->attendees.begin(), current->attendees.end(), [&](const auto& each) {
        return each.entity != 0 ? user && each.entity == user->value
                                : folded_address(mail_address_of(each)) ==
                                      folded_address(mail_address_of(attendees.front()));
      });
  if (!is_known && !may_be_unknown) {
    note(Oddity::UnknownSender, person_words(attendees.front()));
    return nullptr;
  }
  is_known_ = is_known;
  return &attendees.front();
}

void Analyst::judge_reply() {
  const calendar::Attendee* attendee = attendee_who_writes(true);
  if (attendee == nullptr) return;
  const auto current = current_of(first());
  if (!is_known_) return judge_unknown(*attendee, *current);
  EventData after = *current;
  for (calendar::Attendee& each : after.attendees) {
    if (each.entity != 0 ||
        folded_address(mail_address_of(each)) != folded_address(mail_address_of(*attendee)))
      continue;
    if (is_answered_later(each)) return note(Oddity::Outdated);
    each.part_stat = attendee->part_stat;
    if (!first().comment.empty()) each.comment = first().comment;
  }
  const bool is_same_time =
      first().input.sent.has(EventField::StartDate) &&
      calendar::in_terms_of(first().input.event.start, current->start) == current->start;
  if (first().input.event.sequence < current->sequence && !is_same_time) return note(Oddity::Outdated);
  ItipChange change;
  change.is_exception = first().input.event.recurrence_id.has_value();
  change.introduction = introduction_of(first());
  change.current_event = *current;
  change.new_event = std::move(after);
  if (change.is_exception) change.master_event = stored_->event;
  analysis_.changes.push_back(std::move(change));
  allow({ItipAction::Update});
  analysis_.is_automatic = is_sender(*attendee);
}

/// Somebody whom an attendee sends in his place may answer; others only when the organizer wants them.
void Analyst::judge_unknown(const calendar::Attendee& attendee, const EventData& current) {
  if (calendar::find_delegator(current, mail_address_of(attendee)) == nullptr) {
    note(Oddity::UnknownSender, person_words(attendee));
    return allow({ItipAction::AcceptPartyCrasher});
  }
  ItipChange change;
  change.is_exception = first().input.event.recurrence_id.has_value();
  change.introduction = introduction_of(first());
  change.current_event = change.new_event = current;
  change.new_event->attendees.push_back(attendee);
  if (change.is_exception) change.master_event = stored_->event;
  analysis_.changes.push_back(std::move(change));
  allow({ItipAction::Update});
  analysis_.is_delegate = true;
  analysis_.is_automatic = is_sender(attendee);
}

bool Analyst::is_answered_later(const calendar::Attendee& line) const {
  for (const auto& [name, value] : line.parameters)
    if (name == calendar::kStampNote)
      if (const auto stamp = parse_basic_utc(value)) return first().stamp < *stamp;
  return false;
}

void Analyst::judge_counter() {
  const calendar::Attendee* attendee = attendee_who_writes(false);
  if (attendee == nullptr) return;
  if (!first().input.sent.has(EventField::StartDate)) return note(Oddity::Invalid);
  if (!add_change(first(), true)) return;
  const auto current = current_of(first());
  if (first().input.event.sequence < current->sequence) {
    analysis_.changes.clear();
    return note(Oddity::Outdated);
  }
  EventData& shown = *analysis_.changes.front().new_event;
  shown.attendees = current->attendees;
  analysis_.proposal = fill_in(words_.proposed, person_words(*attendee), title_of(*current, words_)) + ": " +
                       describe_time(shown, work_.caller().timezone, words_.language);
  if (!first().comment.empty()) analysis_.proposal += " - " + as_one_line(first().comment);
  note(Oddity::Proposal, analysis_.proposal);
  allow({ItipAction::Update, ItipAction::DeclineCounter});
  analysis_.is_automatic = is_sender(*attendee);
}

void Analyst::judge_refresh() {
  const calendar::Attendee* attendee = attendee_who_writes(false);
  if (attendee == nullptr) return;
  note(Oddity::Asked, person_words(*attendee));
  allow({ItipAction::SendAppointment});
  analysis_.is_automatic = is_sender(*attendee);
}

}  // namespace gw::mailbox::scheduling
