// Which reminders are due by mail, and the ledger of those that went out: one row for each due time of an
// event for a user, so that whoever asks second finds it taken. Statements only; what they mean is
// mail_alarms.hpp's. Source: users p25.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/calendar/event_store.hpp"

namespace gw::model::calendar::store {

struct DueMail {
  ContextId context;
  Trigger trigger;
};
/// Of all contexts, ascending by time: due at `now` or before, and neither at work elsewhere nor waiting for
/// a later try. Cost: one select over the index of due times.
std::vector<DueMail> due_mails(sql::Connection& connection, Millis now, std::size_t most);
/// Other alarms of the user for the same event at the same time are the same reminder.
struct LedgerKey {
  ContextId context;
  UserId user;
  ObjectId event;
  Millis due;
};

/// Stored: never renumber.
enum class MailOutcome { Open = 0, Sent = 1, GivenUp = 2 };

struct LedgerEntry {
  MailOutcome outcome = MailOutcome::Open;
  int tries = 0;
  Millis first_try;
  Millis next_try;         ///< of an open one: before it is somebody's
  std::string token;       ///< whose
  std::string message_id;  ///< the same at every try
};
std::optional<LedgerEntry> find_entry(sql::Connection& connection, const LedgerKey& key);
/// Errors: SqlError Duplicate.
void insert_entry(sql::Connection& connection, const LedgerKey& key, const LedgerEntry& entry);
void update_entry(sql::Connection& connection, const LedgerKey& key, const LedgerEntry& entry);
/// Only while it is open and `entry.token`'s. Gives whether it was.
bool postpone_entry(sql::Connection& connection, const LedgerKey& key, const LedgerEntry& entry);
/// Entries of all contexts that were begun before. Gives how many went.
std::int64_t prune_entries(sql::Connection& connection, Millis before);

}  // namespace gw::model::calendar::store
