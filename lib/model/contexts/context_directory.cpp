#include "model/contexts/context_directory.hpp"

#include <map>

#include "core/text.hpp"
#include "model/marked_cache.hpp"

namespace gw::model::contexts {
namespace {

constexpr std::size_t kCachedQuotas = 2'048;
constexpr std::string_view kFileQuota = "SELECT file_quota FROM contexts WHERE cid=?";
constexpr std::string_view kByMapping =
    "SELECT c.cid,c.name,c.enabled,c.admin,c.file_quota,c.created,c.database_id FROM context_mappings m "
    "JOIN contexts c ON c.cid=m.cid WHERE m.mapping=?";
constexpr std::string_view kByName =
    "SELECT cid,name,enabled,admin,file_quota,created,database_id FROM contexts WHERE name=?";
constexpr std::string_view kById =
    "SELECT cid,name,enabled,admin,file_quota,created,database_id FROM contexts WHERE cid=?";
constexpr std::string_view kList =
    "SELECT cid,name,enabled,admin,file_quota,created,database_id FROM contexts ORDER BY cid";
constexpr std::string_view kMappingsOf = "SELECT mapping FROM context_mappings WHERE cid=? ORDER BY mapping";
constexpr std::string_view kAllMappings = "SELECT cid,mapping FROM context_mappings ORDER BY cid,mapping";

/// By context. Never freed, like every cache of the process.
MarkedCache<std::int64_t>& quota_cache() {
  static auto* const cache = new MarkedCache<std::int64_t>(kCachedQuotas);
  return *cache;
}

Context read_context(const sql::Query& row) {
  Context context;
  context.id = row.id<ContextId>(0);
  context.name = row.string(1);
  context.enabled = row.integer(2) != 0;
  context.admin = row.id<UserId>(3);
  context.file_quota = row.integer(4);
  context.created = row.millis(5);
  context.database = row.integer(6);
  return context;
}

template <class Argument>
std::optional<Context> find_one(sql::Connection& connection, std::string_view statement,
                                const Argument& argument) {
  std::optional<Context> found;
  {
    sql::Query row = connection.query(statement, argument);
    if (row.next()) found = read_context(row);
  }
  if (!found) return found;
  sql::Query mapping = connection.query(kMappingsOf, found->id);
  while (mapping.next()) found->mappings.push_back(mapping.string(0));
  return found;
}

}  // namespace

std::optional<Context> find_context(sql::Connection& connection, std::string_view name) {
  const std::string wanted = to_lower_ascii(trim(name));
  if (auto found = find_one(connection, kByMapping, wanted)) return found;
  if (auto found = find_one(connection, kByName, wanted)) return found;
  // "+7" and "007" are no ids: one context, one spelling.
  const auto number = parse_integer(wanted);
  if (!number || std::to_string(*number) != wanted) return std::nullopt;
  return find_one(connection, kById, *number);
}

std::optional<Context> find_context(sql::Connection& connection, ContextId id) {
  return find_one(connection, kById, id);
}

std::optional<std::int64_t> find_file_quota(sql::Connection& connection, ContextId context,
                                            const Marks& marks) {
  const CacheKey key{context};
  // Whatever changes a context moves the mark of its accounts.
  const Marks accounts{marks.accounts, 0};
  if (accounts.accounts != 0)
    if (const auto known = quota_cache().find(key, accounts)) return *known;
  sql::Query row = connection.query(kFileQuota, context);
  if (!row.next()) return std::nullopt;
  const std::int64_t quota = row.integer(0);
  if (accounts.accounts != 0) quota_cache().store(key, accounts, quota);
  return quota;
}

std::vector<Context> list_contexts(sql::Connection& connection) {
  std::vector<Context> contexts;
  {
    sql::Query row = connection.query(kList);
    while (row.next()) contexts.push_back(read_context(row));
  }
  std::map<ContextId, std::vector<std::string>> mappings;
  sql::Query row = connection.query(kAllMappings);
  while (row.next()) mappings[row.id<ContextId>(0)].push_back(row.string(1));
  for (Context& context : contexts) context.mappings = std::move(mappings[context.id]);
  return contexts;
}

}  // namespace gw::model::contexts
