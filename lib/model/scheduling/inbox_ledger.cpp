#include "model/scheduling/inbox_ledger.hpp"

#include <fmt/format.h>

#include "core/crypto.hpp"
#include "model/marked_cache.hpp"

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
constexpr std::int64_t kQuietFor = 5'000;
constexpr std::size_t kCachedUsers = 10'000;

struct Quiet {
  std::int64_t uid_next = 0;
  Millis until;
};

/// By user: who had nothing due lately. Never freed: exit handlers of forked processes must find nothing to
/// run (craft 2.1).
MarkedCache<Quiet>& quiet_cache() {
  static auto* const cache = new MarkedCache<Quiet>(kCachedUsers);
  return *cache;
}

CacheKey key_of(const Caller& caller) { return {caller.context, caller.user.value}; }
Marks marks_of(const Caller& caller) { return {caller.marks.accounts, 0}; }

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
  const Marks marks = marks_of(work.caller());
  if (marks.accounts != 0) {
    const auto quiet = quiet_cache().find(key_of(work.caller()), marks);
    if (quiet && now < quiet->until) return Duties{quiet->uid_next, false};
  }
  sql::Query row = work.connection().query(kFindDuties, context, user, now, now, context, user);
  if (!row.next()) return std::nullopt;
  const Duties duties{row.integer(0), row.integer(1) != 0};
  if (marks.accounts != 0 && !duties.has_letters_due)
    quiet_cache().store(key_of(work.caller()), marks, {duties.uid_next, {now.value + kQuietFor}});
  return duties;
}

void end_quiet(const Caller& caller) { quiet_cache().store(key_of(caller), marks_of(caller), {}); }

void store_mark(UnitOfWork& work, const InboxMark& mark) {
  const UserId user = work.caller().user;
  work.write([&](Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    if (connection.execute(kUpdateMark, mark.uid_validity, mark.uid_next, mark.checked, work.context(),
                           user) == 0)
      connection.execute(kInsertMark, work.context(), user, mark.uid_validity, mark.uid_next, mark.checked);
  });
  end_quiet(work.caller());
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
