#include "model/administration/reseller_limits.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/users/provisioning_error.hpp"
#include "sql/dialect.hpp"

namespace gw::model::administration {
namespace {

using Kind = ProvisioningError::Kind;

constexpr std::string_view kRestrictionPrefix = "restriction/";
constexpr std::int64_t kMegabyte = 1'048'576;
/// Rights that the administrator of a context always has beside those he was given.
constexpr std::uint32_t kOfAdmin =
    static_cast<std::uint32_t>(Module::EditGroup) | static_cast<std::uint32_t>(Module::EditResource);

constexpr std::string_view kLockReseller = "SELECT parent_id FROM resellers WHERE id=?";
constexpr std::string_view kCountUsers =
    "SELECT modules,COUNT(*),COUNT(CASE WHEN id=? THEN 1 END) FROM users WHERE cid=? AND guest_created_by=0 "
    "GROUP BY modules";
constexpr std::string_view kDropCount = "DELETE FROM reseller_users WHERE context_id=?";
constexpr std::string_view kInsertCount =
    "INSERT INTO reseller_users (context_id,modules,is_admin,users) VALUES (?,?,?,?)";
constexpr std::string_view kDropOwned = "DELETE FROM reseller_contexts WHERE context_id=?";
constexpr std::string_view kInsertOwned =
    "INSERT INTO reseller_contexts (context_id,reseller_id,quota) VALUES (?,?,?)";
constexpr std::string_view kSetQuota = "UPDATE reseller_contexts SET quota=? WHERE context_id=?";
// Sums are locking reads where a transaction would else see the state of its beginning.
constexpr std::string_view kQuotasOfReseller = "SELECT quota FROM reseller_contexts WHERE reseller_id=?";
constexpr std::string_view kUsersOfReseller =
    "SELECT u.modules,u.is_admin,u.users FROM reseller_contexts c JOIN reseller_users u ON "
    "u.context_id=c.context_id WHERE c.reseller_id=?";

std::string locking(const sql::Connection& connection, std::string_view statement) {
  return std::string(statement) + std::string(sql::for_update(connection.engine()));
}

struct UserCount {
  std::uint32_t modules = 0;
  bool is_admin = false;
  std::int64_t users = 0;
};

bool is_of(const UserCount& count, std::uint32_t modules) {
  return count.is_admin ? (count.modules | kOfAdmin) == (modules | kOfAdmin) : count.modules == modules;
}

std::int64_t count_all(const std::vector<UserCount>& counts) {
  std::int64_t sum = 0;
  for (const UserCount& each : counts) sum += each.users;
  return sum;
}

std::int64_t count_with(const std::vector<UserCount>& counts, std::uint32_t modules) {
  std::int64_t sum = 0;
  for (const UserCount& each : counts)
    if (is_of(each, modules)) sum += each.users;
  return sum;
}

std::vector<UserCount> count_users(sql::Connection& connection, ContextId context, UserId admin) {
  std::vector<UserCount> counts;
  sql::Query row = connection.query(kCountUsers, admin, context);
  while (row.next()) {
    const auto modules = static_cast<std::uint32_t>(row.integer(0));
    const std::int64_t admins = row.integer(2), others = row.integer(1) - admins;
    if (admins > 0) counts.push_back({modules, true, admins});
    if (others > 0) counts.push_back({modules, false, others});
  }
  return counts;
}

[[noreturn]] void refuse_growth(const Restriction& restriction) {
  throw ProvisioningError(
      Kind::Invalid, restriction.name + ": at most " + std::to_string(restriction.value) + " are allowed");
}

/// Whom a context counts for: its owner, and who is above him. Locks their rows, the upper one first.
std::vector<std::int64_t> lock_chain(sql::Connection& connection, std::int64_t owner) {
  std::vector<std::int64_t> chain;
  std::int64_t parent = 0;
  if (const auto known = find_reseller(connection, owner)) parent = known->parent;
  for (const std::int64_t id : {parent, owner}) {
    if (id == 0) continue;
    sql::Query row = connection.query(locking(connection, kLockReseller), id);
    if (!row.next()) throw ProvisioningError(Kind::NotFound, "There is no such reseller");
    chain.push_back(id);
  }
  return chain;
}

std::vector<std::int64_t> counted_for(sql::Connection& connection, std::int64_t reseller) {
  auto owners = resellers_below(connection, reseller);
  owners.push_back(reseller);
  return owners;
}

void store_counts(sql::Connection& connection, ContextId context, const std::vector<UserCount>& counts) {
  connection.execute(kDropCount, context);
  for (const UserCount& each : counts)
    connection.execute(kInsertCount, context, static_cast<std::int64_t>(each.modules), each.is_admin ? 1 : 0,
                       each.users);
}

std::vector<UserCount> all_users(sql::Connection& connection, std::int64_t reseller) {
  std::vector<UserCount> counts;
  for (const std::int64_t owner : counted_for(connection, reseller)) {
    sql::Query row = connection.query(locking(connection, kUsersOfReseller), owner);
    while (row.next())
      counts.push_back({static_cast<std::uint32_t>(row.integer(0)), row.integer(1) != 0, row.integer(2)});
  }
  return counts;
}

/// `growth`: users of this context who are new, or have other modules than before. `prefix` is followed by
/// the name of a combination.
void judge_users(const std::vector<Restriction>& restrictions, const std::vector<UserCount>& all,
                 const std::vector<UserCount>& growth, const std::vector<UserCount>& shrinking,
                 std::string_view total, std::string_view prefix) {
  for (const Restriction& each : restrictions) {
    if (each.name == total && count_all(growth) > count_all(shrinking) && count_all(all) > each.value)
      refuse_growth(each);
    if (each.name.starts_with(prefix) &&
        count_with(growth, each.modules) > count_with(shrinking, each.modules) &&
        count_with(all, each.modules) > each.value)
      refuse_growth(each);
  }
}

void judge_contexts(sql::Connection& connection, std::int64_t reseller, bool adds_context) {
  std::int64_t contexts = 0, bytes = 0;
  bool is_unlimited = false;
  for (const std::int64_t owner : counted_for(connection, reseller)) {
    sql::Query row = connection.query(locking(connection, kQuotasOfReseller), owner);
    while (row.next()) {
      ++contexts;
      is_unlimited = is_unlimited || row.integer(0) < 0;
      bytes += std::max<std::int64_t>(row.integer(0), 0);
    }
  }
  for (const Restriction& each : restrictions_of(connection, reseller)) {
    if (each.name == kMaxContext && adds_context && contexts > each.value) refuse_growth(each);
    if (each.name == kMaxOverallQuota && (is_unlimited || bytes / kMegabyte > each.value ||
                                          (bytes / kMegabyte == each.value && bytes % kMegabyte != 0)))
      refuse_growth(each);
  }
}

Restriction parse_kept(const std::string& name, const std::string& text) {
  const std::size_t slash = text.find('/');
  Restriction restriction;
  restriction.name = name;
  restriction.value = parse_integer(text.substr(0, slash)).value_or(0);
  if (slash != std::string::npos)
    restriction.modules = static_cast<std::uint32_t>(parse_integer(text.substr(slash + 1)).value_or(0));
  return restriction;
}

contexts::Context load_context(sql::Connection& connection, ContextId context) {
  auto found = contexts::find_context(connection, context);
  if (!found) throw ProvisioningError(Kind::NotFound, "The context does not exist");
  return std::move(*found);
}

}  // namespace

void settle_user(Transaction& transaction, ContextId context, UserId user, const UserChange& change) {
  sql::Connection& connection = transaction.connection();
  const auto owner = owner_of(connection, context);
  const auto of_context = context_restrictions(connection, context);
  if (!owner && of_context.empty()) return;
  const UserId admin = load_context(connection, context).admin;
  const auto counts = count_users(connection, context, admin);
  std::vector<UserCount> growth, shrinking;
  if (change.after) growth.push_back({change.after->bits, user == admin, 1});
  if (change.before) shrinking.push_back({change.before->bits, user == admin, 1});
  judge_users(of_context, counts, growth, shrinking, kMaxUser, kMaxUserByAccess);
  if (!owner) return;
  const auto chain = lock_chain(connection, *owner);
  store_counts(connection, context, counts);
  for (const std::int64_t reseller : chain) {
    const auto restrictions = restrictions_of(connection, reseller);
    if (restrictions.empty()) continue;
    judge_users(restrictions, all_users(connection, reseller), growth, shrinking, kMaxOverallUser,
                kMaxOverallUserByAccess);
  }
}

void settle_owner(Transaction& transaction, ContextId context, std::int64_t reseller) {
  sql::Connection& connection = transaction.connection();
  const contexts::Context known = load_context(connection, context);
  forget_context(transaction, context);
  if (reseller == 0) return;
  if (transaction.work().database().pool().settings().number != 0)
    throw ProvisioningError(Kind::Invalid, "Contexts of resellers lie in the home database");
  const auto chain = lock_chain(connection, reseller);
  connection.execute(kInsertOwned, context, reseller, known.file_quota);
  const auto counts = count_users(connection, context, known.admin);
  store_counts(connection, context, counts);
  for (const std::int64_t each : chain) {
    judge_contexts(connection, each, true);
    judge_users(restrictions_of(connection, each), all_users(connection, each), counts, {}, kMaxOverallUser,
                kMaxOverallUserByAccess);
  }
}

void settle_quota(Transaction& transaction, ContextId context, std::int64_t quota) {
  sql::Connection& connection = transaction.connection();
  const auto owner = owner_of(connection, context);
  if (!owner) return;
  const auto chain = lock_chain(connection, *owner);
  const std::int64_t before = load_context(connection, context).file_quota;
  connection.execute(kSetQuota, quota, context);
  const bool grows = before >= 0 && (quota < 0 || quota > before);
  if (!grows) return;
  for (const std::int64_t each : chain) judge_contexts(connection, each, false);
}

void forget_context(Transaction& transaction, ContextId context) {
  sql::Connection& connection = transaction.connection();
  const auto owner = owner_of(connection, context);
  if (!owner) return;
  lock_chain(connection, *owner);
  connection.execute(kDropCount, context);
  connection.execute(kDropOwned, context);
}

std::vector<Restriction> context_restrictions(sql::Connection& connection, ContextId context) {
  std::vector<Restriction> all;
  for (const auto& [name, text] : read_attributes(connection, context, kContextItself, kRestrictionPrefix))
    all.push_back(parse_kept(name, text));
  return all;
}

void store_context_restrictions(Transaction& transaction, ContextId context,
                                std::span<const Restriction> restrictions) {
  if (restrictions.size() > kMaxRestrictions)
    throw ProvisioningError(Kind::Invalid, "There can be at most 100 restrictions");
  const auto attribute = [](const std::string& name) { return std::string(kRestrictionPrefix) + name; };
  for (const Restriction& each : context_restrictions(transaction.connection(), context))
    store_attribute(transaction, context, kContextItself, attribute(each.name), std::nullopt);
  for (const Restriction& each : restrictions)
    store_attribute(transaction, context, kContextItself, attribute(each.name),
                    std::to_string(each.value) + "/" + std::to_string(each.modules));
}

}  // namespace gw::model::administration
