#include "model/calendar/calendar_accounts.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::string_view kFindAccount =
    "SELECT folder_id,user_id,provider,config,secret,etag,modified,fetched,next_fetch,claimed_until,failure,"
    "refresh_minutes "
    "FROM calendar_accounts WHERE cid=? AND folder_id=?";
constexpr std::string_view kListAccounts =
    "SELECT folder_id,user_id,provider,config,secret,etag,modified,fetched,next_fetch,claimed_until,failure,"
    "refresh_minutes "
    "FROM calendar_accounts WHERE cid=? AND user_id=? ORDER BY folder_id";
constexpr std::string_view kCountAccounts =
    "SELECT COUNT(*) FROM calendar_accounts WHERE cid=? AND user_id=? AND provider=?";
constexpr std::string_view kInsertAccount =
    "INSERT INTO calendar_accounts (cid,folder_id,user_id,provider,config,secret,etag,modified,fetched,"
    "next_fetch,claimed_until,failure,refresh_minutes) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kChangeAccount =
    "UPDATE calendar_accounts SET config=?,secret=? WHERE cid=? AND folder_id=?";
constexpr std::string_view kMakeDue =
    "UPDATE calendar_accounts SET "
    "etag=?,modified=?,fetched=?,next_fetch=?,failure=?,claimed_until=0,refresh_minutes=0 WHERE "
    "cid=? AND "
    "folder_id=?";
constexpr std::string_view kEraseAccount = "DELETE FROM calendar_accounts WHERE cid=? AND folder_id=?";
constexpr std::string_view kEraseItems = "DELETE FROM calendar_feed_items WHERE cid=? AND folder_id=?";
constexpr std::string_view kClaimReading =
    "UPDATE calendar_accounts SET claimed_until=? WHERE cid=? AND folder_id=? AND claimed_until<=?";
constexpr std::string_view kFinishReading =
    "UPDATE calendar_accounts SET "
    "etag=?,modified=?,fetched=?,next_fetch=?,claimed_until=?,failure=?,refresh_minutes=? WHERE "
    "cid=? AND folder_id=? AND claimed_until=?";

AccountRow read_account(const sql::Query& query) {
  AccountRow row;
  row.account.folder = query.id<FolderId>(0);
  row.account.user = query.id<UserId>(1);
  row.account.provider = query.string(2);
  row.account.config = Json::parse(query.text(3)).value_or(Json::object());
  row.account.sealed_password = query.string(4);
  row.freshness = {.etag = query.string(5),
                   .modified = query.string(6),
                   .fetched = query.millis(7),
                   .next = query.millis(8),
                   .claimed_until = query.millis(9),
                   .failure = static_cast<int>(query.integer(10)),
                   .refresh_minutes = query.integer(11)};
  return row;
}

ContextId context_of(const Transaction& transaction) { return transaction.work().context(); }

}  // namespace

std::optional<AccountRow> find_account(sql::Connection& connection, ContextId context, FolderId folder) {
  sql::Query query = connection.query(kFindAccount, context, folder);
  return query.next() ? std::optional(read_account(query)) : std::nullopt;
}

std::vector<AccountRow> list_accounts(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<AccountRow> accounts;
  sql::Query query = connection.query(kListAccounts, context, user);
  while (query.next()) accounts.push_back(read_account(query));
  return accounts;
}

std::int64_t count_accounts(sql::Connection& connection, ContextId context, UserId user,
                            std::string_view provider) {
  sql::Query query = connection.query(kCountAccounts, context, user, provider);
  return query.next() ? query.integer(0) : 0;
}

void insert_account(Transaction& transaction, const CalendarAccount& account) {
  transaction.connection().execute(kInsertAccount, context_of(transaction), account.folder, account.user,
                                   account.provider, account.config.dump(), account.sealed_password, "", "",
                                   0, 0, 0, 0, 0);
}

void change_account(Transaction& transaction, const CalendarAccount& account, bool is_other) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = context_of(transaction);
  connection.execute(kChangeAccount, account.config.dump(), account.sealed_password, context, account.folder);
  if (is_other) connection.execute(kMakeDue, "", "", 0, 0, 0, context, account.folder);
}

void erase_account(Transaction& transaction, FolderId folder) {
  transaction.connection().enqueue(kEraseItems, context_of(transaction), folder);
  transaction.connection().enqueue(kEraseAccount, context_of(transaction), folder);
}

bool claim_reading(Transaction& transaction, FolderId folder, Millis now, Millis until) {
  return transaction.connection().execute(kClaimReading, until, context_of(transaction), folder, now) > 0;
}

void finish_reading(Transaction& transaction, FolderId folder, Millis claim, const Freshness& freshness) {
  transaction.connection().execute(kFinishReading, freshness.etag, freshness.modified, freshness.fetched,
                                   freshness.next, 0, freshness.failure, freshness.refresh_minutes,
                                   context_of(transaction), folder, claim);
}

}  // namespace gw::model::calendar
