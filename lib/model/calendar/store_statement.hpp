// What the files of the event store share: a statement in the making, and rows of events in any query.
// Internal to the store.
#pragma once

#include <span>
#include <string>

#include "model/calendar/event_store.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::calendar::store {

using Statement = sql::StatementText;

/// `events.id,…`: what read_event reads.
std::string event_list(Parts parts);
/// Gives the column behind the last one read.
int read_event(EventRow& row, const sql::Query& query, int first, Parts parts);
/// Fills in the attendees. Cost: one select for each 256 events.
void load_attendees(sql::Connection& connection, ContextId context, std::span<EventRow* const> rows);

}  // namespace gw::model::calendar::store
