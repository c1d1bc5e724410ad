#include "model/contexts/context_places.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"
#include "model/databases/database_registry.hpp"
#include "sql/dialect.hpp"

namespace gw::model::contexts {
namespace {

using Kind = ProvisioningError::Kind;

constexpr std::int64_t kMaxContextId = 2'147'483'647;

constexpr std::string_view kGreatestId = "SELECT MAX(cid) FROM contexts";
/// One row that is always there. Locking `contexts` itself would lock gaps, which deadlocks with the insert.
constexpr std::string_view kLockNames = "SELECT number FROM schema_version WHERE number=1";
constexpr std::string_view kNameOwner = "SELECT cid FROM contexts WHERE name=?";
constexpr std::string_view kMappingOwner = "SELECT cid FROM context_mappings WHERE mapping=?";
constexpr std::string_view kInsertMapping = "INSERT INTO context_mappings (mapping,cid) VALUES (?,?)";
constexpr std::string_view kDeleteMapping = "DELETE FROM context_mappings WHERE mapping=? AND cid=?";
constexpr std::string_view kInsertPlace =
    "INSERT INTO contexts (cid,name,enabled,admin,file_quota,created,database_id,store_id) "
    "VALUES (?,?,1,?,?,?,?,?)";
constexpr std::string_view kUpdatePlace =
    "UPDATE contexts SET name=?,enabled=?,admin=?,file_quota=? WHERE cid=? AND database_id<>0";
constexpr std::string_view kDeletePlace = "DELETE FROM contexts WHERE cid=? AND database_id<>0";
constexpr std::string_view kDeleteMappings = "DELETE FROM context_mappings WHERE cid=?";

/// Goes home, and back to where it was.
class AtHome {
 public:
  explicit AtHome(UnitOfWork& work) : work_(work), number_(work.database().pool().settings().number) {
    work_.enter_database(0);
  }
  AtHome(const AtHome&) = delete;
  AtHome& operator=(const AtHome&) = delete;
  /// Errors: Unavailable
  void go_back() { work_.enter_database(number_); }
  void write(const std::function<void(sql::Connection&)>& body) { work_.database().write(body); }

 private:
  UnitOfWork& work_;
  const std::int64_t number_;
};

using databases::RegisteredDatabase;

bool is_full(const RegisteredDatabase& database) {
  return database.max_units >= 0 && database.units >= database.max_units;
}

[[noreturn]] void refuse_full(std::int64_t number) {
  throw ProvisioningError(Kind::Invalid,
                          "Database " + std::to_string(number) + " holds all contexts that it may");
}

bool answers(UnitOfWork& work, std::int64_t number) {
  try {
    work.enter_database(number);
    work.connection();
    work.enter_database(0);
    return true;
  } catch (const Unavailable&) {
    work.enter_database(0);
    return false;
  }
}

}  // namespace

/// Logins are looked up by mapping first, then by name: neither may hide another context.
void require_free(sql::Connection& connection, const std::string& name, ContextId context) {
  for (const std::string_view statement : {kNameOwner, kMappingOwner}) {
    sql::Query row = connection.query(statement, name);
    if (row.next() && row.id<ContextId>(0) != context)
      throw ProvisioningError(Kind::AlreadyExists, "The name \"" + name + "\" belongs to context " +
                                                       std::to_string(row.integer(0)));
  }
}

/// Ids and names of contexts are chosen by one transaction at a time.
void lock_names(sql::Connection& connection) {
  sql::Query row =
      connection.query(std::string(kLockNames) + std::string(sql::for_update(connection.engine())));
  row.next();
}

ContextId choose_id(sql::Connection& connection, const std::optional<ContextId>& wanted) {
  if (wanted) {
    if (wanted->value < 1 || wanted->value > kMaxContextId)
      throw ProvisioningError(Kind::Invalid, "The context id must be between 1 and 2147483647");
    if (find_context(connection, *wanted))
      throw ProvisioningError(Kind::AlreadyExists,
                              "Context " + std::to_string(wanted->value) + " already exists");
    return *wanted;
  }
  sql::Query row = connection.query(kGreatestId);
  return ContextId((row.next() ? row.integer(0) : 0) + 1);
}

void add_mapping(sql::Connection& connection, ContextId context, const std::string& mapping) {
  const std::string name = check_context_name(mapping, context);
  require_free(connection, name, context);
  connection.execute(kDeleteMapping, name, context);
  connection.execute(kInsertMapping, name, context);
}

std::int64_t choose_database(UnitOfWork& work, const NewContext& wanted) {
  const std::int64_t named = wanted.database.value_or(0);
  if (wanted.database && named == 0) return 0;
  if (wanted.reseller != 0) {
    if (named != 0) throw ProvisioningError(Kind::Invalid, "Contexts of resellers lie in the home database");
    return 0;
  }
  const bool is_alone = work.environment().databases == nullptr;
  auto all = is_alone ? std::vector<RegisteredDatabase>() : databases::list_databases(work.connection());
  if (named != 0) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [named](const RegisteredDatabase& each) { return each.id == named; });
    if (found == all.end())
      throw ProvisioningError(Kind::NotFound, "Database " + std::to_string(named) + " does not exist");
    if (is_full(*found)) refuse_full(named);
    return named;
  }
  for (const std::int64_t number : databases::rank_databases(std::move(all)))
    if (answers(work, number)) return number;
  return 0;
}

NewContext reserve_place(UnitOfWork& work, const NewContext& wanted, std::int64_t database) {
  NewContext placed = wanted;
  AtHome home(work);
  home.write([&](sql::Connection& connection) {
    lock_names(connection);
    const auto known = databases::find_database(connection, database);
    if (!known)
      throw ProvisioningError(Kind::NotFound, "Database " + std::to_string(database) + " does not exist");
    if (is_full(*known)) refuse_full(database);
    const ContextId id = choose_id(connection, wanted.id);
    placed.id = id;
    placed.name =
        check_context_name(wanted.name.empty() ? "context" + std::to_string(id.value) : wanted.name, id);
    require_free(connection, placed.name, id);
    connection.execute(kInsertPlace, id, placed.name, UserId(2), wanted.file_quota, work.now(), database,
                       wanted.store);
    for (const std::string& mapping : wanted.mappings) add_mapping(connection, id, mapping);
  });
  home.go_back();
  return placed;
}

void release_place(UnitOfWork& work, ContextId context) {
  AtHome home(work);
  home.write([&](sql::Connection& connection) {
    connection.execute(kDeleteMappings, context);
    connection.execute(kDeletePlace, context);
  });
  work.forget_place(context);
}

void announce_names(UnitOfWork& work, ContextId context, const ContextChanges& changes) {
  std::vector<std::string> names = changes.add_mappings;
  if (changes.name) names.push_back(*changes.name);
  if (names.empty()) return;
  AtHome home(work);
  home.write([&](sql::Connection& connection) {
    lock_names(connection);
    for (const std::string& name : names) add_mapping(connection, context, name);
  });
  home.go_back();
}

void settle_place(UnitOfWork& work, const Context& context) {
  AtHome home(work);
  home.write([&](sql::Connection& connection) {
    connection.execute(kUpdatePlace, context.name, context.enabled ? 1 : 0, context.admin, context.file_quota,
                       context.id);
    connection.execute(kDeleteMappings, context.id);
    for (const std::string& mapping : context.mappings)
      connection.execute(kInsertMapping, mapping, context.id);
  });
  home.go_back();
}

}  // namespace gw::model::contexts
