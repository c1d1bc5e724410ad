// One message and one UID against what the calendar holds: what all judgements share. Of analyze() alone;
// each group of methods is judged in a file of its own.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailbox/scheduling/analysis.hpp"
#include "mailbox/scheduling/scheduling_words.hpp"
#include "model/users/user_directory.hpp"

namespace gw::mailbox::scheduling {

/// Addresses in one spelling, for comparing them.
std::string folded_address(std::string_view address);
/// Where mails reach him.
std::string mail_address_of(const model::calendar::CalendarUser& user);

class Analyst {
 public:
  /// `invitation` must outlive it.
  Analyst(model::UnitOfWork& work, Method method, const model::calendar::Invitation& invitation,
          std::string_view sender);
  /// Once.
  Analysis run();

 private:
  using EventData = model::calendar::EventData;
  using InvitationPart = model::calendar::InvitationPart;

  void judge();
  // What organizers say: analysis_requests.cpp.
  void judge_publish();
  void judge_request();
  void judge_new();
  void judge_update();
  void judge_cancel();
  // What attendees say: analysis_answers.cpp.
  void judge_reply();
  void judge_counter();
  void judge_refresh();
  /// The event is organized here, and it is he who writes. Gives his line; nullptr when that is all that is
  /// to be said.
  const model::calendar::Attendee* attendee_who_writes(bool may_be_unknown);
  void judge_unknown(const model::calendar::Attendee& attendee, const EventData& current);
  [[nodiscard]] bool is_answered_later(const model::calendar::Attendee& line) const;

  // How the event is and would be: analysis_changes.cpp.
  /// How the event would look, for showing it and for conflicts. Errors: empty when it cannot be stored.
  std::optional<EventData> as_event(const InvitationPart& part, const EventData* current);
  std::vector<model::calendar::Conflict> conflicts_of(const EventData& shown);
  /// The occurrence that a part speaks of, as it is now.
  [[nodiscard]] std::optional<EventData> current_of(const InvitationPart& part) const;
  /// Gives false when it cannot be stored.
  bool add_change(const InvitationPart& part, bool with_conflicts);
  [[nodiscard]] std::string introduction_of(const InvitationPart& part) const;

  [[nodiscard]] std::vector<const InvitationPart*> parts() const;
  [[nodiscard]] const InvitationPart& first() const { return *parts().front(); }
  [[nodiscard]] std::optional<model::calendar::EventTime> first_occurrence_id() const;
  [[nodiscard]] bool is_sender(const model::calendar::CalendarUser& user) const;
  [[nodiscard]] bool is_deputy_of(const model::calendar::CalendarUser& user) const;
  [[nodiscard]] bool is_own_address(std::string_view address) const;
  [[nodiscard]] bool is_invited(const InvitationPart& part) const;
  bool has_outside_organizer();

  void note(Oddity oddity, std::string detail = {});
  void allow(std::initializer_list<ItipAction> actions);
  void allow_answers();

  model::UnitOfWork& work_;
  const model::calendar::Invitation& invitation_;
  const std::string sender_;
  const Words& words_;
  const model::users::User user_;
  std::optional<model::calendar::StoredInvitation> stored_;
  Analysis analysis_;
  bool is_known_ = false;
};

}  // namespace gw::mailbox::scheduling
