// What organizers say: PUBLISH, REQUEST, CANCEL.
#include "mailbox/scheduling/analyst.hpp"
#include "mailbox/scheduling/event_words.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
using calendar::EventField;
using calendar::Version;

}  // namespace

void Analyst::judge_publish() {
  if (stored_ && !stored_->is_organized) return note(Oddity::Unsupported);
  for (const InvitationPart* part : parts())
    if (!part->input.sent.has(EventField::StartDate)) return note(Oddity::Invalid);
  if (!invitation_.main) return note(Oddity::Unsupported);
  if (stored_ && calendar::compare_versions(*invitation_.main, stored_->event) == Version::Older)
    return note(Oddity::Outdated);
  if (add_change(*invitation_.main, false)) allow({stored_ ? ItipAction::Update : ItipAction::Create});
}

void Analyst::judge_request() {
  if (!first().input.event.organizer) return note(Oddity::Invalid);
  if (!has_outside_organizer()) {
    if (!stored_) return note(Oddity::UnknownEvent);
    if (stored_->is_organized) return note(Oddity::OwnEvent);
    // What is organized here is in the calendar already: there is only the answer to give.
    return allow({ItipAction::Accept, ItipAction::Tentative, ItipAction::Decline});
  }
  for (const InvitationPart* part : parts())
    if (!part->input.sent.has(EventField::StartDate)) return note(Oddity::Invalid);
  if (!stored_) return judge_new();
  if (!stored_->is_copy) return note(Oddity::Invalid);
  judge_update();
}

void Analyst::judge_new() {
  const calendar::CalendarUser& organizer = *first().input.event.organizer;
  const bool is_from_him = is_sender(organizer) || is_deputy_of(organizer);
  if (!is_from_him) note(Oddity::NotOrganizer, person_words(organizer));
  bool is_invited_to_all = true;
  for (const InvitationPart* part : parts()) is_invited_to_all = is_invited_to_all && is_invited(*part);
  if (!is_invited_to_all) note(Oddity::NotInvited);
  for (const InvitationPart* part : parts()) {
    // Exceptions of a series that is new, too, are shown with it.
    if (part != parts().front() && invitation_.main) break;
    if (!add_change(*part, true)) return;
  }
  allow_answers();
  if (is_invited_to_all) allow({ItipAction::Delegate, ItipAction::Counter});
  analysis_.is_automatic = is_from_him && is_invited_to_all;
}

void Analyst::judge_update() {
  const calendar::CalendarUser& known = *stored_->event.organizer;
  const calendar::CalendarUser& named = *first().input.event.organizer;
  const bool is_same = folded_address(mail_address_of(known)) == folded_address(mail_address_of(named));
  const bool is_trusted = is_same && (is_sender(known) || is_deputy_of(known));
  if (!is_trusted) note(Oddity::NotOrganizer, person_words(known));
  if (!is_same || !(is_trusted || is_deputy_of(named))) return;
  bool is_newer = false;
  for (const InvitationPart* part : parts()) {
    const auto current = current_of(*part);
    const Version version = current ? calendar::compare_versions(*part, *current) : Version::Newer;
    // The series may be known while an occurrence of it is not.
    const bool is_inherited = current && part->input.event.recurrence_id && current->series != current->id &&
                              current->id == stored_->event.id;
    if (version == Version::Older && !is_inherited) return note(Oddity::Outdated);
    if (version == Version::Same && !is_inherited) continue;
    is_newer = true;
    if (!add_change(*part, true)) return;
  }
  allow_answers();
  allow({ItipAction::Delegate, ItipAction::Counter, ItipAction::Refresh});
  if (is_newer) allow({ItipAction::Update});
  analysis_.is_automatic = is_newer && is_trusted;
}

void Analyst::judge_cancel() {
  if (!stored_ || !stored_->is_copy) {
    note(Oddity::UnknownEvent);
    // What went before it may have been lost.
    if (!stored_ && is_invited(first()) && has_outside_organizer()) allow({ItipAction::Refresh});
    return;
  }
  const calendar::CalendarUser& known = *stored_->event.organizer;
  const bool is_trusted = is_sender(known) || is_deputy_of(known);
  const auto& named = first().input.event.organizer;
  if (!is_trusted) note(Oddity::NotOrganizer, person_words(known));
  if (!is_trusted && !(named && is_deputy_of(*named) &&
                       folded_address(mail_address_of(*named)) == folded_address(mail_address_of(known))))
    return;
  bool is_any_standing = false;
  for (const InvitationPart* part : parts()) {
    const auto current = current_of(*part);
    if (!current) continue;
    if (part->input.event.sequence < current->sequence) return note(Oddity::Outdated);
    ItipChange change;
    change.is_exception = part->input.event.recurrence_id.has_value();
    change.type = change.is_exception ? ChangeType::CreateDeleteException : ChangeType::Delete;
    if (change.is_exception) change.master_event = stored_->event;
    change.introduction = introduction_of(*part);
    is_any_standing = is_any_standing || current->status != calendar::EventStatus::Cancelled;
    change.deleted_event = current;
    analysis_.changes.push_back(std::move(change));
  }
  if (analysis_.changes.empty()) return note(Oddity::UnknownEvent);
  allow({ItipAction::Delete});
  analysis_.is_automatic = is_trusted && is_any_standing;
}

}  // namespace gw::mailbox::scheduling
