#include "mailbox/scheduling/analysis.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mailbox/event_wording.hpp"
#include "mailbox/scheduling/event_words.hpp"
#include "mailbox/typed_text.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/calendar_people.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_conflicts.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/invitation_notes.hpp"
#include "model/users/user_directory.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventField;
using calendar::Invitation;
using calendar::InvitationPart;
using calendar::StoredInvitation;
using calendar::Version;

/// What has no id yet must not be taken for any event.
constexpr ObjectId kNoEventYet{-1};

std::string folded(std::string_view address) {
  return to_lower_ascii(mail::mime::to_ascii_domain(trim(address)));
}

std::string bare_address(const calendar::CalendarUser& user) {
  const std::string address = calendar::address_of_uri(user.uri);
  return address.empty() ? user.email : address;
}

/// Everything about one message and one UID.
class Analyst {
 public:
  Analyst(model::UnitOfWork& work, Method method, const Invitation& invitation, std::string_view sender)
      : work_(work),
        invitation_(invitation),
        sender_(folded(sender)),
        words_(words_of(work.caller().locale)),
        user_(model::users::load_user(work.connection(), work.context(), work.caller().user)) {
    analysis_.method = method;
    analysis_.uid = invitation.uid;
    stored_ = calendar::find_invitation(work, invitation.uid, first_occurrence_id());
  }

  Analysis run() {
    if (parts().empty()) {
      note(Oddity::Unsupported);
    } else {
      judge();
    }
    analysis_.actions.push_back(ItipAction::Ignore);
    return std::move(analysis_);
  }

 private:
  void judge() {
    switch (analysis_.method) {
      case Method::None:
      case Method::Publish:
        return judge_publish();
      case Method::Request:
        return judge_request();
      case Method::Reply:
        return judge_reply();
      case Method::Add:
        note(Oddity::Incomplete);
        if (has_outside_organizer()) allow({ItipAction::Refresh});
        return;
      case Method::Cancel:
        return judge_cancel();
      case Method::Refresh:
        return judge_refresh();
      case Method::Counter:
        return judge_counter();
      case Method::DeclineCounter:
        return note(Oddity::ProposalRefused);
    }
  }

  [[nodiscard]] std::vector<const InvitationPart*> parts() const {
    std::vector<const InvitationPart*> list;
    if (invitation_.main) list.push_back(&*invitation_.main);
    for (const InvitationPart& part : invitation_.occurrences) list.push_back(&part);
    return list;
  }
  [[nodiscard]] const InvitationPart& first() const { return *parts().front(); }
  [[nodiscard]] std::optional<calendar::EventTime> first_occurrence_id() const {
    if (invitation_.main || invitation_.occurrences.empty()) return std::nullopt;
    return invitation_.occurrences.front().input.event.recurrence_id;
  }
  bool is_sender(const calendar::CalendarUser& user) const {
    return !sender_.empty() && (folded(bare_address(user)) == sender_ || folded(user.email) == sender_);
  }
  bool is_deputy_of(const calendar::CalendarUser& user) const {
    return !sender_.empty() && folded(calendar::address_of_uri(user.sent_by_uri)) == sender_;
  }
  bool is_own_address(std::string_view address) const {
    const std::string wanted = folded(address);
    return wanted == folded(user_.mail) ||
           std::any_of(user_.aliases.begin(), user_.aliases.end(),
                       [&](const std::string& alias) { return folded(alias) == wanted; });
  }
  bool is_invited(const InvitationPart& part) const {
    const auto& list = part.input.event.attendees;
    return std::any_of(list.begin(), list.end(),
                       [&](const calendar::Attendee& each) { return is_own_address(bare_address(each)); });
  }
  bool has_outside_organizer() {
    const auto& organizer = first().input.event.organizer;
    return organizer && !bare_address(*organizer).empty() &&
           !model::users::find_by_address(work_.connection(), work_.context(), bare_address(*organizer));
  }

  void note(Oddity oddity, std::string detail = {}) {
    analysis_.annotations.push_back({oddity, std::move(detail)});
  }
  void allow(std::initializer_list<ItipAction> actions) {
    analysis_.actions.insert(analysis_.actions.end(), actions);
  }
  void allow_answers() {
    allow({ItipAction::Accept, ItipAction::Tentative, ItipAction::Decline});
    const auto& changes = analysis_.changes;
    if (std::any_of(changes.begin(), changes.end(),
                    [](const ItipChange& each) { return !each.conflicts.empty(); }))
      allow({ItipAction::AcceptAndIgnoreConflicts});
  }

  /// How the event would look, for showing it and for conflicts. Errors: empty when it cannot be stored.
  std::optional<EventData> as_event(const InvitationPart& part, const EventData* current) {
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

  std::vector<calendar::Conflict> conflicts_of(const EventData& shown) {
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

  /// The occurrence that a part speaks of, as it is now.
  std::optional<EventData> current_of(const InvitationPart& part) const {
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

  /// Gives false when it cannot be stored.
  bool add_change(const InvitationPart& part, bool with_conflicts) {
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

  std::string introduction_of(const InvitationPart& part) const {
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
      default:
        return fill_in(words_.unanswered, attendee, title);
    }
  }

  void judge_publish() {
    if (stored_ && !stored_->is_organized) return note(Oddity::Unsupported);
    for (const InvitationPart* part : parts())
      if (!part->input.sent.has(EventField::StartDate)) return note(Oddity::Invalid);
    if (!invitation_.main) return note(Oddity::Unsupported);
    if (stored_ && calendar::compare_versions(*invitation_.main, stored_->event) == Version::Older)
      return note(Oddity::Outdated);
    if (add_change(*invitation_.main, false)) allow({stored_ ? ItipAction::Update : ItipAction::Create});
  }

  void judge_request() {
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

  void judge_new() {
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
    analysis_.is_automatic = is_from_him && is_invited_to_all;
  }

  void judge_update() {
    const calendar::CalendarUser& known = *stored_->event.organizer;
    const calendar::CalendarUser& named = *first().input.event.organizer;
    const bool is_same = folded(bare_address(known)) == folded(bare_address(named));
    const bool is_trusted = is_same && (is_sender(known) || is_deputy_of(known));
    if (!is_trusted) note(Oddity::NotOrganizer, person_words(known));
    if (!is_same || !(is_trusted || is_deputy_of(named))) return;
    bool is_newer = false;
    for (const InvitationPart* part : parts()) {
      const auto current = current_of(*part);
      const Version version = current ? calendar::compare_versions(*part, *current) : Version::Newer;
      // The series may be known while an occurrence of it is not.
      const bool is_inherited = current && part->input.event.recurrence_id &&
                                current->series != current->id && current->id == stored_->event.id;
      if (version == Version::Older && !is_inherited) return note(Oddity::Outdated);
      if (version == Version::Same && !is_inherited) continue;
      is_newer = true;
      if (!add_change(*part, true)) return;
    }
    allow_answers();
    if (is_newer) allow({ItipAction::Update});
    analysis_.is_automatic = is_newer && is_trusted;
  }

  void judge_cancel() {
    if (!stored_ || !stored_->is_copy) return note(Oddity::UnknownEvent);
    const calendar::CalendarUser& known = *stored_->event.organizer;
    const bool is_trusted = is_sender(known) || is_deputy_of(known);
    const auto& named = first().input.event.organizer;
    if (!is_trusted) note(Oddity::NotOrganizer, person_words(known));
    if (!is_trusted &&
        !(named && is_deputy_of(*named) && folded(bare_address(*named)) == folded(bare_address(known))))
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

  /// What an attendee sends: the event is organized here, and it is he who writes. Gives his line; nullptr
  /// when that is all that is to be said.
  const calendar::Attendee* attendee_who_writes(bool may_be_unknown) {
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
        model::users::find_by_address(work_.connection(), work_.context(), bare_address(attendees.front()));
    const bool is_known =
        std::any_of(current->attendees.begin(), current->attendees.end(), [&](const auto& each) {
          return each.entity != 0 ? user && each.entity == user->value
                                  : folded(bare_address(each)) == folded(bare_address(attendees.front()));
        });
    if (!is_known && !may_be_unknown) {
      note(Oddity::UnknownSender, person_words(attendees.front()));
      return nullptr;
    }
    is_known_ = is_known;
    return &attendees.front();
  }

  void judge_reply() {
    const calendar::Attendee* attendee = attendee_who_writes(true);
    if (attendee == nullptr) return;
    const auto current = current_of(first());
    if (!is_known_) {
      note(Oddity::UnknownSender, person_words(*attendee));
      return allow({ItipAction::AcceptPartyCrasher});
    }
    EventData after = *current;
    for (calendar::Attendee& each : after.attendees) {
      if (each.entity != 0 || folded(bare_address(each)) != folded(bare_address(*attendee))) continue;
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

  bool is_answered_later(const calendar::Attendee& line) const {
    for (const auto& [name, value] : line.parameters)
      if (name == calendar::kStampNote)
        if (const auto stamp = parse_basic_utc(value)) return first().stamp < *stamp;
    return false;
  }

  void judge_counter() {
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
    analysis_.proposal = fill_in(words_.proposed, person_words(*attendee), title_of(*current, words_)) +
                         ": " + describe_time(shown, work_.caller().timezone, words_.language);
    if (!first().comment.empty()) analysis_.proposal += " - " + as_one_line(first().comment);
    note(Oddity::Proposal, analysis_.proposal);
    allow({ItipAction::Update, ItipAction::DeclineCounter});
    analysis_.is_automatic = is_sender(*attendee);
  }

  void judge_refresh() {
    const calendar::Attendee* attendee = attendee_who_writes(false);
    if (attendee == nullptr) return;
    note(Oddity::Asked, person_words(*attendee));
    allow({ItipAction::SendAppointment});
    analysis_.is_automatic = is_sender(*attendee);
  }

  model::UnitOfWork& work_;
  const Invitation& invitation_;
  const std::string sender_;
  const Words& words_;
  const model::users::User user_;
  std::optional<StoredInvitation> stored_;
  Analysis analysis_;
  bool is_known_ = false;
};

}  // namespace

Analysis analyze(model::UnitOfWork& work, Method method, const Invitation& invitation,
                 std::string_view sender) {
  return Analyst(work, method, invitation, sender).run();
}

}  // namespace gw::mailbox::scheduling
