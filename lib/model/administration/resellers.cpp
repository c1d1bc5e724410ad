#include "model/administration/resellers.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/administration/administrators.hpp"
#include "model/administration/registry.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/provisioning_error.hpp"
#include "sql/dialect.hpp"

namespace gw::model::administration {
namespace {

using Kind = ProvisioningError::Kind;

constexpr std::size_t kMaxResellerName = 255;

constexpr std::string_view kListResellers =
    "SELECT id,parent_id,login,display_name,password FROM resellers ORDER BY id";
constexpr std::string_view kFindResellerLogin =
    "SELECT id,parent_id,login,display_name,password FROM resellers WHERE login=?";
constexpr std::string_view kFindResellerId =
    "SELECT id,parent_id,login,display_name,password FROM resellers WHERE id=?";
constexpr std::string_view kResellersBelow = "SELECT id FROM resellers WHERE parent_id=? ORDER BY id";
constexpr std::string_view kGreatestReseller = "SELECT MAX(id) FROM resellers";
constexpr std::string_view kInsertReseller =
    "INSERT INTO resellers (id,parent_id,login,display_name,password,changed) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kUpdateReseller =
    "UPDATE resellers SET login=?,display_name=?,password=?,changed=? WHERE id=?";
constexpr std::string_view kDeleteReseller = "DELETE FROM resellers WHERE id=?";
constexpr std::string_view kListRestrictions =
    "SELECT name,value,modules FROM reseller_restrictions WHERE reseller_id=? ORDER BY name";
constexpr std::string_view kInsertRestriction =
    "INSERT INTO reseller_restrictions (reseller_id,name,value,modules) VALUES (?,?,?,?)";
constexpr std::string_view kDeleteRestrictions = "DELETE FROM reseller_restrictions WHERE reseller_id=?";
constexpr std::string_view kContextOwner = "SELECT reseller_id FROM reseller_contexts WHERE context_id=?";
constexpr std::string_view kContextsOfReseller =
    "SELECT context_id FROM reseller_contexts WHERE reseller_id=? ORDER BY context_id";

Reseller read_reseller(const sql::Query& row) {
  return {row.integer(0), row.integer(1), row.string(2), row.string(3), row.string(4)};
}

[[noreturn]] void refuse_missing() { throw ProvisioningError(Kind::NotFound, "There is no such reseller"); }

std::int64_t limit_of(const std::vector<Restriction>& restrictions, std::string_view name,
                      std::int64_t otherwise) {
  for (const Restriction& each : restrictions)
    if (each.name == name) return each.value;
  return otherwise;
}

/// Errors: ProvisioningError. A login is one person's, whichever kind of administrator he is.
Reseller checked_reseller(sql::Connection& connection, Reseller reseller) {
  const auto login = users::normalise_login(reseller.login);
  if (!login)
    throw ProvisioningError(Kind::Invalid, "The login is not valid: use 1 to 128 of a-z 0-9 $ % . + _ -");
  reseller.login = *login;
  if (has_control_characters(reseller.display_name) || !is_valid_utf8(reseller.display_name) ||
      count_characters(reseller.display_name) > kMaxResellerName)
    throw ProvisioningError(Kind::Invalid,
                            "The display name is longer than 255 characters or holds control characters");
  const auto other = find_reseller(connection, reseller.login);
  if ((other && other->id != reseller.id) || find_administrator(connection, reseller.login))
    throw ProvisioningError(Kind::AlreadyExists, "This login is taken");
  return reseller;
}

void require_parent(sql::Connection& connection, std::int64_t id,
                    const std::vector<Restriction>& restrictions) {
  const auto parent = find_reseller(connection, id);
  if (!parent) refuse_missing();
  const auto of_parent = restrictions_of(connection, id);
  if (parent->parent != 0 || limit_of(of_parent, kCanCreateSubadmin, 0) == 0)
    throw ProvisioningError(Kind::Invalid, "Below this reseller there can be no other");
  if (limit_of(restrictions, kCanCreateSubadmin, 0) != 0)
    throw ProvisioningError(Kind::Invalid, "There is one level below a reseller only");
  const auto below = static_cast<std::int64_t>(resellers_below(connection, id).size());
  if (const std::int64_t most = limit_of(of_parent, kMaxSubadmin, INT64_MAX); below >= most)
    throw ProvisioningError(Kind::Invalid,
                            "Subadmin.MaxSubadmin: there are " + std::to_string(below) + " already");
}

void store_restrictions(sql::Connection& connection, std::int64_t id,
                        const std::vector<Restriction>& restrictions) {
  if (restrictions.size() > kMaxRestrictions)
    throw ProvisioningError(Kind::Invalid, "There can be at most 100 restrictions");
  connection.execute(kDeleteRestrictions, id);
  for (const Restriction& each : restrictions)
    connection.execute(kInsertRestriction, id, each.name, each.value,
                       static_cast<std::int64_t>(each.modules));
}

}  // namespace

std::vector<Reseller> list_resellers(sql::Connection& connection) {
  std::vector<Reseller> all;
  sql::Query row = connection.query(kListResellers);
  while (row.next()) all.push_back(read_reseller(row));
  return all;
}

std::optional<Reseller> find_reseller(sql::Connection& connection, std::string_view login) {
  sql::Query row = connection.query(kFindResellerLogin, to_lower_ascii(login));
  return row.next() ? std::optional(read_reseller(row)) : std::nullopt;
}

std::optional<Reseller> find_reseller(sql::Connection& connection, std::int64_t id) {
  sql::Query row = connection.query(kFindResellerId, id);
  return row.next() ? std::optional(read_reseller(row)) : std::nullopt;
}

std::vector<Restriction> restrictions_of(sql::Connection& connection, std::int64_t reseller) {
  std::vector<Restriction> all;
  sql::Query row = connection.query(kListRestrictions, reseller);
  while (row.next())
    all.push_back({row.string(0), row.integer(1), static_cast<std::uint32_t>(row.integer(2))});
  return all;
}

Reseller create_reseller(sql::Scope& database, const Reseller& wanted,
                         const std::vector<Restriction>& restrictions, Millis now) {
  Reseller made;
  database.write([&](sql::Connection& connection) {
    made = wanted;
    // One at a time: MaxSubadmin and logins are judged by what others have committed.
    made.id = next_number(connection, kGreatestReseller);
    made = checked_reseller(connection, std::move(made));
    if (made.parent != 0) require_parent(connection, made.parent, restrictions);
    connection.execute(kInsertReseller, made.id, made.parent, made.login, made.display_name,
                       made.password_hash, now);
    store_restrictions(connection, made.id, restrictions);
  });
  return made;
}

void change_reseller(sql::Scope& database, std::int64_t id, const ResellerChanges& changes, Millis now) {
  database.write([&](sql::Connection& connection) {
    next_number(connection, kGreatestReseller);
    auto found = find_reseller(connection, id);
    if (!found) refuse_missing();
    Reseller changed = std::move(*found);
    if (changes.login) changed.login = *changes.login;
    if (changes.display_name) changed.display_name = *changes.display_name;
    if (changes.password_hash) changed.password_hash = *changes.password_hash;
    changed = checked_reseller(connection, std::move(changed));
    if (changed.parent != 0 && changes.restrictions &&
        limit_of(*changes.restrictions, kCanCreateSubadmin, 0) != 0)
      throw ProvisioningError(Kind::Invalid, "There is one level below a reseller only");
    connection.execute(kUpdateReseller, changed.login, changed.display_name, changed.password_hash, now, id);
    if (changes.restrictions) store_restrictions(connection, id, *changes.restrictions);
  });
}

void delete_reseller(sql::Scope& database, std::int64_t id) {
  database.write([&](sql::Connection& connection) {
    // The guard first: who gives him a context meanwhile waits, and finds him gone.
    if (connection.execute(kDeleteReseller, id) == 0) refuse_missing();
    if (!contexts_of(connection, id).empty() || !resellers_below(connection, id).empty())
      throw ProvisioningError(Kind::Protected, "The reseller has contexts or resellers below him");
    connection.execute(kDeleteRestrictions, id);
  });
}

std::optional<std::int64_t> owner_of(sql::Connection& connection, ContextId context) {
  sql::Query row = connection.query(kContextOwner, context);
  return row.next() ? std::optional(row.integer(0)) : std::nullopt;
}

bool owns_context(sql::Connection& connection, std::int64_t reseller, ContextId context) {
  const auto owner = owner_of(connection, context);
  if (!owner) return false;
  if (*owner == reseller) return true;
  const auto below = find_reseller(connection, *owner);
  return below && below->parent == reseller;
}

std::vector<ContextId> contexts_of(sql::Connection& connection, std::int64_t reseller) {
  std::vector<ContextId> all;
  auto owners = resellers_below(connection, reseller);
  owners.push_back(reseller);
  for (const std::int64_t owner : owners) {
    sql::Query row = connection.query(kContextsOfReseller, owner);
    while (row.next()) all.push_back(row.id<ContextId>(0));
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::int64_t> resellers_below(sql::Connection& connection, std::int64_t reseller) {
  std::vector<std::int64_t> below;
  sql::Query row = connection.query(kResellersBelow, reseller);
  while (row.next()) below.push_back(row.integer(0));
  return below;
}

}  // namespace gw::model::administration
