#include "mailbox/scheduling/analysis.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mailbox/scheduling/analyst.hpp"
#include "model/calendar/calendar_people.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;

}  // namespace

std::string folded_address(std::string_view address) {
  return to_lower_ascii(mail::mime::to_ascii_domain(trim(address)));
}

std::string mail_address_of(const calendar::CalendarUser& user) {
  const std::string address = calendar::address_of_uri(user.uri);
  return address.empty() ? user.email : address;
}

Analyst::Analyst(model::UnitOfWork& work, Method method, const calendar::Invitation& invitation,
                 std::string_view sender)
    : work_(work),
      invitation_(invitation),
      sender_(folded_address(sender)),
      words_(words_of(work.caller().locale)),
      user_(model::users::load_user(work.connection(), work.context(), work.caller().user)) {
  analysis_.method = method;
  analysis_.uid = invitation.uid;
  stored_ = calendar::find_invitation(work, invitation.uid, first_occurrence_id());
}

Analysis Analyst::run() {
  if (parts().empty()) {
    note(Oddity::Unsupported);
  } else {
    judge();
  }
  analysis_.actions.push_back(ItipAction::Ignore);
  return std::move(analysis_);
}

void Analyst::judge() {
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

std::vector<const calendar::InvitationPart*> Analyst::parts() const {
  std::vector<const InvitationPart*> list;
  if (invitation_.main) list.push_back(&*invitation_.main);
  for (const InvitationPart& part : invitation_.occurrences) list.push_back(&part);
  return list;
}

std::optional<calendar::EventTime> Analyst::first_occurrence_id() const {
  if (invitation_.main || invitation_.occurrences.empty()) return std::nullopt;
  return invitation_.occurrences.front().input.event.recurrence_id;
}

bool Analyst::is_sender(const calendar::CalendarUser& user) const {
  return !sender_.empty() &&
         (folded_address(mail_address_of(user)) == sender_ || folded_address(user.email) == sender_);
}

bool Analyst::is_deputy_of(const calendar::CalendarUser& user) const {
  return !sender_.empty() && folded_address(calendar::address_of_uri(user.sent_by_uri)) == sender_;
}

bool Analyst::is_own_address(std::string_view address) const {
  const std::string wanted = folded_address(address);
  return wanted == folded_address(user_.mail) ||
         std::any_of(user_.aliases.begin(), user_.aliases.end(),
                     [&](const std::string& alias) { return folded_address(alias) == wanted; });
}

bool Analyst::is_invited(const InvitationPart& part) const {
  const auto& list = part.input.event.attendees;
  return std::any_of(list.begin(), list.end(),
                     [&](const calendar::Attendee& each) { return is_own_address(mail_address_of(each)); });
}

bool Analyst::has_outside_organizer() {
  const auto& organizer = first().input.event.organizer;
  return organizer && !mail_address_of(*organizer).empty() &&
         !model::users::find_by_address(work_.connection(), work_.context(), mail_address_of(*organizer));
}

void Analyst::note(Oddity oddity, std::string detail) {
  analysis_.annotations.push_back({oddity, std::move(detail)});
}

void Analyst::allow(std::initializer_list<ItipAction> actions) {
  analysis_.actions.insert(analysis_.actions.end(), actions);
}

void Analyst::allow_answers() {
  allow({ItipAction::Accept, ItipAction::Tentative, ItipAction::Decline});
  const auto& changes = analysis_.changes;
  if (std::any_of(changes.begin(), changes.end(),
                  [](const ItipChange& each) { return !each.conflicts.empty(); }))
    allow({ItipAction::AcceptAndIgnoreConflicts});
}

Analysis analyze(model::UnitOfWork& work, Method method, const calendar::Invitation& invitation,
                 std::string_view sender) {
  return Analyst(work, method, invitation, sender).run();
}

}  // namespace gw::mailbox::scheduling
