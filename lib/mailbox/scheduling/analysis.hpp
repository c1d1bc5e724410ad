// What a scheduling message means for the user who got it: what would change, what he can do, and what is odd
// about it. Changes nothing. Source: RFC 5546; spec chronos section 12.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailbox/scheduling/itip_message.hpp"
#include "model/calendar/invitation.hpp"

namespace gw::mailbox::scheduling {

enum class ItipAction {
  Accept,
  Tentative,
  Decline,
  AcceptAndIgnoreConflicts,
  AcceptAndReplace,
  AcceptPartyCrasher,
  Create,
  Update,
  Delete,
  Ignore,
  Delegate,
  Counter,
  DeclineCounter,
  Refresh,
  SendAppointment
};
/// As the API names it: `accept_and_ignore_conflicts`.
std::string_view name_of(ItipAction action);
std::optional<ItipAction> find_action(std::string_view name);

/// What is odd. Words for people are made from it (annotation_text).
enum class Oddity {
  None,
  NotOrganizer,   ///< the mail is not from the organizer
  NotAttendee,    ///< the answer is not from the attendee it speaks for
  Outdated,       ///< something newer is known already
  UnknownEvent,   ///< there is no such event here
  UnknownSender,  ///< an answer of somebody who was not invited
  NotInvited,     ///< the user is not among the attendees
  OwnEvent,       ///< he organizes it himself
  Unsupported,    ///< a method, or an occurrence, that cannot be taken
  Invalid,        ///< it cannot be stored
  Proposal,       ///< somebody wants another time
  ProposalRefused,
  Asked,       ///< an attendee wants to know the present state
  Incomplete,  ///< ADD: the whole series must be asked for
};
std::string annotation_text(Oddity oddity, std::string_view detail, std::string_view locale);

enum class ChangeType { Create, Update, Delete, CreateDeleteException };
std::string_view name_of(ChangeType type);

struct ItipChange {
  ChangeType type = ChangeType::Update;
  bool is_exception = false;
  std::optional<model::calendar::EventData> new_event, current_event, master_event, deleted_event;
  std::vector<model::calendar::Conflict> conflicts;
  std::vector<std::string> differences;
  std::string introduction;
};

struct Annotation {
  Oddity oddity = Oddity::None;
  std::string detail;
};

/// Of one UID.
struct Analysis {
  Method method = Method::None;
  std::string uid;
  std::vector<Annotation> annotations;
  std::vector<ItipChange> changes;
  std::vector<ItipAction> actions;
  /// It says what it may say, comes from whom it must come, and is new: it may be taken without asking.
  bool is_automatic = false;
  /// Of answers: who gave it, as the message names him.
  std::optional<model::calendar::Attendee> attendee;
  /// An answer of somebody whom an attendee sends in his place.
  bool is_delegate = false;
  /// Of proposals: the words that are noted.
  std::string proposal;

  [[nodiscard]] bool allows(ItipAction action) const;
};

/// `sender`: the address in From of the mail. Sender does not count: nobody vouches for it. Errors: those of
/// the database.
Analysis analyze(model::UnitOfWork& work, Method method, const model::calendar::Invitation& invitation,
                 std::string_view sender);

}  // namespace gw::mailbox::scheduling
