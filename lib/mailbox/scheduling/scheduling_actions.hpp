// Doing what an analysis allows. Source: spec chronos section 12.
#pragma once

#include <optional>
#include <string>

#include "mailbox/scheduling/analysis.hpp"
#include "mailbox/scheduling/invitation_files.hpp"

namespace gw::mailbox::scheduling {

/// What a user wants to be done.
struct ItipOrder {
  ItipAction action = ItipAction::Ignore;
  std::string comment = {};
  std::optional<model::calendar::ProposedTime> time = {};  ///< of Counter
  std::optional<model::calendar::Attendee> delegate = {};  ///< of Delegate
  const MailSource* source = nullptr;                      ///< has the files; null: they are left out
};

/// Errors: CAL-1992 the analysis does not allow it, CAL-4006 a member that its action needs is missing, and
/// those of the services of the calendar. With conflicts (accept, tentative) nothing is stored.
model::calendar::CalendarResult perform(model::UnitOfWork& work, const Analysis& analysis,
                                        const model::calendar::Invitation& invitation,
                                        const ItipOrder& order);
/// What is done without asking, where Analysis::is_automatic. Errors: as perform.
void perform_alone(model::UnitOfWork& work, const Analysis& analysis,
                   const model::calendar::Invitation& invitation, const MailSource* source = nullptr);

}  // namespace gw::mailbox::scheduling
