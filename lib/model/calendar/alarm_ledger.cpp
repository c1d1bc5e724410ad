#include "model/calendar/alarm_ledger.hpp"

namespace gw::model::calendar::store {
namespace {

constexpr std::string_view kMailAction = "EMAIL";

/// Over all contexts on purpose: what is due does not depend on the tenant.
constexpr std::string_view kDueMails =
    "SELECT t.cid,t.user_id,t.alarm,t.event,t.recurrence_id,t.due_at,t.action,t.folder_id FROM "
    "event_triggers t LEFT JOIN alarm_ledger l ON l.cid=t.cid AND l.user_id=t.user_id AND l.event=t.event "
    "AND l.due_at=t.due_at WHERE t.action=? AND t.due_at<=? AND (l.cid IS NULL OR l.next_try<=?) ORDER BY "
    "t.due_at LIMIT ?";
constexpr std::string_view kFindEntry =
    "SELECT outcome,tries,first_try,next_try,token,message_id FROM alarm_ledger WHERE cid=? AND user_id=? "
    "AND "
    "event=? AND due_at=?";
constexpr std::string_view kInsertEntry =
    "INSERT INTO alarm_ledger (cid,user_id,event,due_at,outcome,tries,first_try,next_try,token,message_id) "
    "VALUES (?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kUpdateEntry =
    "UPDATE alarm_ledger SET outcome=?,tries=?,next_try=?,token=? WHERE cid=? AND user_id=? AND event=? AND "
    "due_at=?";
constexpr std::string_view kPostponeEntry =
    "UPDATE alarm_ledger SET outcome=?,next_try=? WHERE cid=? AND user_id=? AND event=? AND due_at=? AND "
    "outcome=0 AND token=?";
constexpr std::string_view kPruneEntries = "DELETE FROM alarm_ledger WHERE first_try<?";

}  // namespace

std::vector<DueMail> due_mails(sql::Connection& connection, Millis now, std::size_t most) {
  std::vector<DueMail> due;
  sql::Query row = connection.query(kDueMails, kMailAction, now, now, most);
  while (row.next())
    due.push_back({row.id<ContextId>(0),
                   {row.id<UserId>(1), row.integer(2), row.id<ObjectId>(3), row.string(4), row.millis(5),
                    row.string(6), row.id<FolderId>(7)}});
  return due;
}

std::optional<LedgerEntry> find_entry(sql::Connection& connection, const LedgerKey& key) {
  sql::Query row = connection.query(kFindEntry, key.context, key.user, key.event, key.due);
  if (!row.next()) return std::nullopt;
  return LedgerEntry{static_cast<MailOutcome>(row.integer(0)),
                     static_cast<int>(row.integer(1)),
                     row.millis(2),
                     row.millis(3),
                     row.string(4),
                     row.string(5)};
}

void insert_entry(sql::Connection& connection, const LedgerKey& key, const LedgerEntry& entry) {
  connection.execute(kInsertEntry, key.context, key.user, key.event, key.due, static_cast<int>(entry.outcome),
                     entry.tries, entry.first_try, entry.next_try, entry.token, entry.message_id);
}

void update_entry(sql::Connection& connection, const LedgerKey& key, const LedgerEntry& entry) {
  connection.execute(kUpdateEntry, static_cast<int>(entry.outcome), entry.tries, entry.next_try, entry.token,
                     key.context, key.user, key.event, key.due);
}

bool postpone_entry(sql::Connection& connection, const LedgerKey& key, const LedgerEntry& entry) {
  return connection.execute(kPostponeEntry, static_cast<int>(entry.outcome), entry.next_try, key.context,
                            key.user, key.event, key.due, entry.token) > 0;
}

std::int64_t prune_entries(sql::Connection& connection, Millis before) {
  return connection.execute(kPruneEntries, before);
}

}  // namespace gw::model::calendar::store
