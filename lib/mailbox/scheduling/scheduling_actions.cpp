#include "mailbox/scheduling/scheduling_actions.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/log.hpp"
#include "model/users/user_directory.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
using calendar::CalendarResult;
using calendar::EventField;
using calendar::Invitation;

/// Of what changes: the files of the series, and of its occurrences.
std::vector<FetchedFiles> files_for(const Analysis& analysis, const Invitation& invitation,
                                    const MailSource* source) {
  if (source == nullptr || analysis.changes.empty()) return {};
  return fetch_files(*source, invitation);
}

class Performer {
 public:
  Performer(model::UnitOfWork& work, const Analysis& analysis, const Invitation& invitation,
            const ItipOrder& order)
      : work_(work), analysis_(analysis), invitation_(invitation), order_(order) {
    options_.comment = order.comment;
  }

  /// An invitation is not lost for files that find no place.
  CalendarResult take(std::optional<calendar::PartStat> answer) {
    std::vector<FetchedFiles> fetched = files_for(analysis_, invitation_, order_.source);
    if (fetched.empty()) return calendar::take_request(work_, invitation_, answer, options_);
    std::vector<calendar::PartFiles> files;
    for (FetchedFiles& each : fetched) files.push_back({*each.part, each.files});
    try {
      return calendar::take_request(work_, invitation_, answer, options_, files);
    } catch (const ApiError& error) {
      CalendarResult result = calendar::take_request(work_, invitation_, answer, options_);
      log(LogLevel::Info, "GW0606",
          fmt::format("files of an invitation of user {} in context {} were left out: {}",
                      work_.caller().user.value, work_.context().value, format_code(error.code())));
      return result;
    }
  }

  CalendarResult propose() {
    if (!order_.time) throw ApiError(errors::cal::kBadData, {"startDate", ""});
    if (!analysis_.changes.empty()) take(std::nullopt);
    return calendar::propose_time(work_, invitation_, *order_.time, options_);
  }

  CalendarResult delegate() {
    if (!order_.delegate) throw ApiError(errors::cal::kBadData, {"attendee", ""});
    if (!analysis_.changes.empty()) take(std::nullopt);
    return calendar::delegate_invitation(work_, invitation_, *order_.delegate, options_);
  }

  CalendarResult answer(calendar::PartStat answer, bool checks_conflicts) {
    options_.check_conflicts = checks_conflicts;
    const auto stored = calendar::find_invitation(work_, invitation_.uid, occurrence());
    if (!stored || stored->is_copy) return take(answer);
    // Organized on this server: the event is there, only the answer is not.
    calendar::Attendee line;
    line.part_stat = answer;
    if (!options_.comment.empty()) line.comment = options_.comment;
    return calendar::update_attendee(work_, {stored->folder, stored->event.id, occurrence()}, line, {},
                                     options_);
  }

  CalendarResult update() {
    switch (analysis_.method) {
      case Method::Request:
        return take(std::nullopt);
      case Method::Reply:
        return calendar::take_reply(work_, invitation_, analysis_.is_delegate);
      case Method::Counter:
        return take_proposed_time();
      default:
        return publish();
    }
  }

  CalendarResult publish() {
    const FolderId folder =
        model::users::load_user(work_.connection(), work_.context(), work_.caller().user).calendar_folder;
    std::vector<calendar::EventInput> exceptions;
    for (const calendar::InvitationPart& part : invitation_.occurrences) exceptions.push_back(part.input);
    const auto outcomes = calendar::import_events(work_, folder, std::span(&invitation_.main->input, 1),
                                                  std::span(&exceptions, 1));
    if (outcomes.front().error) throw ApiError(*outcomes.front().error);
    CalendarResult result;
    result.timestamp = outcomes.front().timestamp;
    result.updated.push_back(calendar::get(work_, {folder, outcomes.front().id, {}}));
    return result;
  }

 private:
  [[nodiscard]] std::optional<calendar::EventTime> occurrence() const {
    if (invitation_.main || invitation_.occurrences.empty()) return std::nullopt;
    return invitation_.occurrences.front().input.event.recurrence_id;
  }

  /// The organizer's own change: everybody is told.
  CalendarResult take_proposed_time() {
    const auto stored = calendar::find_invitation(work_, invitation_.uid);
    if (!stored) throw ApiError(errors::cal::kNotFound, {invitation_.uid});
    const auto& part = invitation_.main ? *invitation_.main : invitation_.occurrences.front();
    calendar::EventInput input;
    input.event.start = part.input.event.start;
    input.event.end = part.input.event.end;
    input.sent = {EventField::StartDate, EventField::EndDate};
    return calendar::update(work_, {stored->folder, stored->event.id, occurrence()}, input, options_);
  }

  model::UnitOfWork& work_;
  const Analysis& analysis_;
  const Invitation& invitation_;
  const ItipOrder& order_;
  calendar::WriteOptions options_;
};

}  // namespace

CalendarResult perform(model::UnitOfWork& work, const Analysis& analysis, const Invitation& invitation,
                       const ItipOrder& order) {
  const ItipAction action = order.action;
  // Nobody has conflicts where none were found before: they may have come meanwhile.
  const bool overrules =
      action == ItipAction::AcceptAndIgnoreConflicts || action == ItipAction::AcceptAndReplace;
  if (!analysis.allows(action) && !(overrules && analysis.allows(ItipAction::Accept)))
    throw ApiError(errors::cal::kUnsupportedMethod, {std::string(name_of(action))});
  Performer performer(work, analysis, invitation, order);
  switch (action) {
    case ItipAction::Accept:
      return performer.answer(calendar::PartStat::Accepted, true);
    case ItipAction::AcceptAndIgnoreConflicts:
    case ItipAction::AcceptAndReplace:
      return performer.answer(calendar::PartStat::Accepted, false);
    case ItipAction::Tentative:
      return performer.answer(calendar::PartStat::Tentative, false);
    case ItipAction::Decline:
      return performer.answer(calendar::PartStat::Declined, false);
    case ItipAction::Counter:
      return performer.propose();
    case ItipAction::Delegate:
      return performer.delegate();
    case ItipAction::AcceptPartyCrasher:
      return calendar::take_reply(work, invitation, true);
    case ItipAction::Create:
      return performer.publish();
    case ItipAction::Update:
      return performer.update();
    case ItipAction::Delete:
      return calendar::take_cancel(work, invitation, true);
    case ItipAction::DeclineCounter:
      calendar::decline_proposal(work, invitation);
      break;
    case ItipAction::Refresh:
      calendar::send_refresh(work, invitation);
      break;
    case ItipAction::SendAppointment:
      if (analysis.attendee) calendar::resend(work, invitation.uid, *analysis.attendee);
      break;
    case ItipAction::Ignore:
      break;
  }
  CalendarResult nothing;
  nothing.timestamp = model::last_stamp(work.connection(), work.context());
  return nothing;
}

void perform_alone(model::UnitOfWork& work, const Analysis& analysis, const Invitation& invitation,
                   const MailSource* source) {
  ItipOrder order;
  order.source = source;
  switch (analysis.method) {
    case Method::Request:
      Performer(work, analysis, invitation, order).take(std::nullopt);
      return;
    case Method::Cancel:
      calendar::take_cancel(work, invitation, false);
      return;
    case Method::Reply:
      calendar::take_reply(work, invitation, analysis.is_delegate);
      return;
    case Method::Counter:
      calendar::take_proposal(work, invitation, analysis.proposal);
      return;
    case Method::Refresh:
      if (analysis.attendee) calendar::resend(work, invitation.uid, *analysis.attendee);
      return;
    default:
      return;
  }
}

}  // namespace gw::mailbox::scheduling
