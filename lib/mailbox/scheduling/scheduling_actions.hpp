// Doing what an analysis allows. Source: spec chronos section 12.
#pragma once

#include "mailbox/scheduling/analysis.hpp"

namespace gw::mailbox::scheduling {

/// Errors: CAL-1992 the analysis does not allow it, and those of the services of the calendar. With conflicts
/// (accept, tentative) nothing is stored.
model::calendar::CalendarResult perform(model::UnitOfWork& work, const Analysis& analysis,
                                        const model::calendar::Invitation& invitation, ItipAction action,
                                        std::string_view comment = {});
/// What is done without asking, where Analysis::is_automatic. Errors: as perform.
void perform_alone(model::UnitOfWork& work, const Analysis& analysis,
                   const model::calendar::Invitation& invitation);

}  // namespace gw::mailbox::scheduling
