// How chronos names calendars, events and occurrences in parameters and bodies. Source: spec chronos
// section 1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ajax/action.hpp"
#include "model/calendar/calendar_reading.hpp"

namespace gw::ajax {

/// `cal://0/31`: the calendars that this server keeps itself are those of account 0. Those of another account
/// N are `cal://N/0` (model/folders/account_folders.hpp).
std::string format_calendar_id(FolderId folder);
/// Accepts the plain number, too, by which the classic modules name calendars. Errors: CAL-4044 for what
/// can be no account, CAL-4045 for what can be no calendar.
FolderId parse_calendar_id(std::string_view text);
/// True for `cal://…`, whatever the account.
bool is_calendar_id(std::string_view text);

/// Errors: CAL-4040 for what is no number.
ObjectId parse_event_id(std::string_view text);
/// The original start of an occurrence; empty text gives none. Errors: CAL-4061.
std::optional<model::calendar::EventTime> parse_occurrence(std::string_view text);

/// Parameters `folder`, `id` and, where it is declared, `recurrenceId`. Errors: as the above.
model::calendar::EventRef asked_event(const Invocation& invocation, bool with_occurrence = true);
/// One element of a list of ids: `{folder, id, recurrenceId?}`. Errors: SVL-0031 for a member that is
/// missing.
model::calendar::EventRef parse_event_ref(const Json& element);
/// Errors: SVL-0028 when it is no array, CAL-5072 beyond model::calendar::kMostEvents, those of
/// parse_event_ref.
std::vector<model::calendar::EventRef> parse_event_refs(const Json& list);

}  // namespace gw::ajax
