#include "model/administration/account_attributes.hpp"

#include "core/text.hpp"
#include "model/marked_cache.hpp"
#include "model/users/provisioning_error.hpp"
#include "sql/dialect.hpp"

namespace gw::model::administration {
namespace {

constexpr std::size_t kCachedContexts = 2'048;
constexpr std::string_view kNotePrefix = "note/";
constexpr std::string_view kSelectAll =
    "SELECT name,value FROM account_attributes WHERE cid=? AND user_id=? ORDER BY name";
constexpr std::string_view kSelectOne =
    "SELECT value FROM account_attributes WHERE cid=? AND user_id=? AND name=?";
constexpr std::string_view kCountAll = "SELECT COUNT(*) FROM account_attributes WHERE cid=? AND user_id=?";
constexpr std::string_view kInsert =
    "INSERT INTO account_attributes (cid,user_id,name,value) VALUES (?,?,?,?)";
constexpr std::string_view kDelete = "DELETE FROM account_attributes WHERE cid=? AND user_id=? AND name=?";

[[noreturn]] void refuse_attribute(const std::string& text) {
  throw ProvisioningError(ProvisioningError::Kind::Invalid, text);
}

/// The number of every module, by its name.
MarkedCache<Attributes>& limit_cache() {
  static MarkedCache<Attributes> cache(kCachedContexts);
  return cache;
}

std::int64_t limit_in(const Attributes& limits, std::string_view module, std::int64_t configured) {
  const auto own = limits.find(std::string(module));
  if (own == limits.end()) return configured;
  const std::int64_t number = parse_integer(own->second).value_or(0);
  return number <= 0 ? -1 : number;
}

}  // namespace

Attributes read_attributes(sql::Connection& connection, ContextId context, UserId user,
                           std::string_view prefix) {
  Attributes found;
  sql::Query row = connection.query(kSelectAll, context, user);
  while (row.next()) {
    const std::string_view name = row.text(0);
    if (name.starts_with(prefix)) found.emplace(name.substr(prefix.size()), row.string(1));
  }
  return found;
}

std::optional<std::string> find_attribute(sql::Connection& connection, ContextId context, UserId user,
                                          std::string_view name) {
  sql::Query row = connection.query(kSelectOne, context, user, name);
  return row.next() ? std::optional(row.string(0)) : std::nullopt;
}

void store_attribute(Transaction& transaction, ContextId context, UserId user, std::string_view name,
                     const std::optional<std::string>& value) {
  sql::Connection& connection = transaction.connection();
  transaction.stamp();
  if (!is_valid_utf8(name) || count_characters(name) > kMaxAttributeName || has_control_characters(name))
    refuse_attribute("The name of an attribute is longer than 255 characters or holds control characters");
  connection.execute(kDelete, context, user, name);
  if (!value) return;
  if (value->size() > kMaxAttributeValue || !is_valid_utf8(*value))
    refuse_attribute("The attribute \"" + std::string(name) + "\" is longer than 8192 bytes");
  {
    sql::Query count = connection.query(kCountAll, context, user);
    if (count.next() && count.integer(0) >= static_cast<std::int64_t>(kMaxAttributes))
      refuse_attribute("There are 1000 attributes already");
  }
  connection.execute(kInsert, context, user, name, *value);
}

void store_note(Transaction& transaction, ContextId context, std::string_view name,
                const std::optional<std::string>& value) {
  transaction.stamp();
  sql::Connection& connection = transaction.connection();
  const std::string full = std::string(kNotePrefix) + std::string(name);
  connection.execute(kDelete, context, kContextItself, full);
  if (value) connection.execute(kInsert, context, kContextItself, full, *value);
}

std::optional<std::string> find_note(sql::Connection& connection, ContextId context, std::string_view name) {
  return find_attribute(connection, context, kContextItself, std::string(kNotePrefix) + std::string(name));
}

std::int64_t count_limit(sql::Connection& connection, ContextId context, std::string_view module,
                         std::int64_t configured, const Marks& marks) {
  const CacheKey key{context};
  // Whatever changes a context moves the mark of its accounts.
  const Marks accounts{marks.accounts, 0};
  if (accounts.accounts != 0)
    if (const auto known = limit_cache().find(key, accounts)) return limit_in(*known, module, configured);
  Attributes limits = read_attributes(connection, context, kContextItself, "quota/");
  const std::int64_t limit = limit_in(limits, module, configured);
  if (accounts.accounts != 0) limit_cache().store(key, accounts, std::move(limits));
  return limit;
}

}  // namespace gw::model::administration
