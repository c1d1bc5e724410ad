#include "model/scheduling/inbox_ledger.hpp"

#include <fmt/format.h>

#include "core/crypto.hpp"

namespace gw::model::scheduling {
namespace {

constexpr std::string_view kFindMark =
    "SELECT uid_validity, uid_next, checked FROM scheduling_inboxes WHERE cid=? AND user_id=?";
constexpr std::string_view kFindDuties =
    "SELECT uid_next, EXISTS (SELECT 1 FROM scheduling_outbox WHERE cid=? AND user_id=? AND next_try<=? AND "
    "claimed_until<=?) FROM scheduling_inboxes WHERE cid=? AND user_id=?";
constexpr std::string_view kUpdateMark =
    "UPDATE scheduling_inboxes SET uid_validity=?, uid_next=?, checked=? WHERE cid=? AND user_id=?";
constexpr std::string_view kInsertMark =
    "INSERT INTO scheduling_inboxes (cid, user_id, uid_validity, uid_next, checked) VALUES (?,?,?,?,?)";
constexpr std::string_view kFindTaken =
    "SELECT 1 FROM scheduling_taken WHERE cid=? AND user_id=? AND mail_key=?";
constexpr std::string_view kInsertTaken =
    "INSERT INTO scheduling_taken (cid, user_id, mail_key, taken) VALUES (?,?,?,?)";
constexpr std::string_view kForgetTaken =
    "DELETE FROM scheduling_taken WHERE cid=? AND user_id=? AND taken<?";

constexpr std::int64_t kRemembered = 90LL * 86'400'000;

bool has_row(sql::Connection& connection, ContextId context, UserId user, std::string_view key) {
  return connection.query(kFindTaken, context, user, key).next();
}

}  // namespace

std::optional<InboxMark> find_mark(UnitOfWork& work) {
  sql::Query row = work.connection().query(kFindMark, work.context(), work.caller().user);
  if (!row.next()) return std::nullopt;
  return InboxMark{row.integer(0), row.integer(1), row.millis(2)};
}

std::optional<Duties> find_duties(UnitOfWork& work) {
  const ContextId context = work.context();
  const UserId user = work.caller().user;
  const Millis now = work.now();
  sql::Query row = work.connection().query(kFindDuties, context, user, now, now, context, user);
  if (!row.next()) return std::nullopt;
  return Duties{row.integer(0), row.integer(1) != 0};
}

void store_mark(UnitOfWork& work, const InboxMark& mark) {
  const UserId user = work.caller().user;
  work.write([&](Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    if (connection.execute(kUpdateMark, mark.uid_validity, mark.uid_next, mark.checked, work.context(),
                           user) == 0)
      connection.execute(kInsertMark, work.context(), user, mark.uid_validity, mark.uid_next, mark.checked);
  });
  work.release();
}

std::string mail_key(std::string_view message_id, std::int64_t uid_validity, std::int64_t uid) {
  if (message_id.empty()) return fmt::format("{}:{}", uid_validity, uid);
  return to_hex(sha256(message_id));
}

bool is_taken(UnitOfWork& work, std::string_view key) {
  return has_row(work.connection(), work.context(), work.caller().user, key);
}

void note_taken(UnitOfWork& work, std::string_view key) {
  const UserId user = work.caller().user;
  work.write([&](Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    if (has_row(connection, work.context(), user, key)) return;
    connection.execute(kInsertTaken, work.context(), user, key, work.now());
    connection.execute(kForgetTaken, work.context(), user, Millis{work.now().value - kRemembered});
  });
  work.release();
}

}  // namespace gw::model::scheduling
