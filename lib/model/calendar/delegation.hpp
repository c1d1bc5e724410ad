// Sending somebody else in one's place: the parameters DELEGATED-TO and DELEGATED-FROM of attendees. Source:
// RFC 5545 sections 3.2.4 and 3.2.5, RFC 5546 section 3.2.2.3.
#pragma once

#include <string_view>

#include "model/calendar/event_data.hpp"

namespace gw::model::calendar {

inline constexpr const char* kDelegatedTo = "DELEGATED-TO";
inline constexpr const char* kDelegatedFrom = "DELEGATED-FROM";

/// Whether a parameter of an attendee is one of the two.
bool is_delegation(std::string_view parameter);
/// Names him as the one who comes for the attendee, who answers DELEGATED. His line names the attendee.
void delegate_to(Attendee& attendee, Attendee& delegate);
/// He answers for himself again: whom he had named is forgotten.
void forget_delegate(Attendee& attendee);
/// What an answer of somebody outside says of his delegation. Limits: ten addresses.
void take_delegation(Attendee& line, const Attendee& answer);
/// The attendee who has sent this address in his place. Errors: nullptr.
const Attendee* find_delegator(const EventData& event, std::string_view address);

}  // namespace gw::model::calendar
