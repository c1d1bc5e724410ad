#include "model/administration/registry.hpp"

#include <map>
#include <stdexcept>

#include "core/text.hpp"
#include "filestore/file_store.hpp"
#include "model/users/provisioning_error.hpp"
#include "sql/dialect.hpp"

namespace gw::model::administration {
namespace {

using Kind = ProvisioningError::Kind;

constexpr std::size_t kMaxServerName = 128;
constexpr std::size_t kMaxReason = 255;
constexpr std::size_t kMaxStoreUri = 255;

struct EntryStatements {
  std::string_view list, greatest, insert, remove;
};
constexpr EntryStatements kServers{
    "SELECT id,name FROM server_names ORDER BY id", "SELECT MAX(id) FROM server_names",
    "INSERT INTO server_names (id,name) VALUES (?,?)", "DELETE FROM server_names WHERE id=?"};
constexpr EntryStatements kReasons{
    "SELECT id,reason FROM maintenance_reasons ORDER BY id", "SELECT MAX(id) FROM maintenance_reasons",
    "INSERT INTO maintenance_reasons (id,reason) VALUES (?,?)", "DELETE FROM maintenance_reasons WHERE id=?"};

constexpr std::string_view kListStores = "SELECT id,uri,size,max_contexts FROM registered_stores ORDER BY id";
constexpr std::string_view kGreatestStore = "SELECT MAX(id) FROM registered_stores";
constexpr std::string_view kInsertStore =
    "INSERT INTO registered_stores (id,uri,size,max_contexts) VALUES (?,?,?,?)";
constexpr std::string_view kUpdateStore =
    "UPDATE registered_stores SET uri=?,size=?,max_contexts=? WHERE id=?";
constexpr std::string_view kDeleteStore = "DELETE FROM registered_stores WHERE id=?";
constexpr std::string_view kStoreUses =
    "SELECT value,COUNT(*) FROM account_attributes WHERE user_id=0 AND name='store' GROUP BY value";
/// Of contexts in other databases.
constexpr std::string_view kStoreUsesElsewhere =
    "SELECT store_id,COUNT(*) FROM contexts WHERE database_id<>0 AND store_id<>0 GROUP BY store_id";
constexpr std::string_view kNoteElsewhere = "UPDATE contexts SET store_id=? WHERE cid=? AND database_id<>0";
/// One row that is always there: numbers are given by one transaction at a time.
constexpr std::string_view kLockNumbers = "SELECT number FROM schema_version WHERE number=1";

const EntryStatements& statements_of(EntryKind kind) {
  return kind == EntryKind::Server ? kServers : kReasons;
}

void check_store(const RegisteredStore& store) {
  if (store.uri.size() > kMaxStoreUri || store.size < 0 || store.max_contexts < 0)
    throw ProvisioningError(Kind::Invalid,
                            "A file store has an address of up to 255 bytes and no negative numbers");
  try {
    filestore::make_store_root(store.uri);
  } catch (const std::invalid_argument& error) {
    throw ProvisioningError(Kind::Invalid, std::string("The address of the file store: ") + error.what());
  }
}

const RegisteredStore* find_store(const std::vector<RegisteredStore>& stores, std::int64_t id) {
  for (const RegisteredStore& store : stores)
    if (store.id == id) return &store;
  return nullptr;
}

void require_store_free(const std::vector<RegisteredStore>& stores, const RegisteredStore& wanted) {
  for (const RegisteredStore& store : stores)
    if (store.uri == wanted.uri && store.id != wanted.id)
      throw ProvisioningError(Kind::AlreadyExists, "This file store is registered already");
}

[[noreturn]] void refuse_missing_store(std::int64_t id) {
  throw ProvisioningError(Kind::NotFound, "File store " + std::to_string(id) + " does not exist");
}

}  // namespace

std::int64_t next_number(sql::Connection& connection, std::string_view greatest) {
  {
    sql::Query lock =
        connection.query(std::string(kLockNumbers) + std::string(sql::for_update(connection.engine())));
    lock.next();
  }
  sql::Query row = connection.query(greatest);
  return (row.next() ? row.integer(0) : 0) + 1;
}

std::vector<NamedEntry> list_entries(sql::Connection& connection, EntryKind kind) {
  std::vector<NamedEntry> entries;
  sql::Query row = connection.query(statements_of(kind).list);
  while (row.next()) entries.push_back({row.integer(0), row.string(1)});
  return entries;
}

NamedEntry add_entry(sql::Scope& database, EntryKind kind, std::string_view text) {
  NamedEntry entry;
  entry.text = std::string(trim(text));
  const std::size_t most = kind == EntryKind::Server ? kMaxServerName : kMaxReason;
  if (entry.text.empty() || !is_valid_utf8(entry.text) || count_characters(entry.text) > most ||
      has_control_characters(entry.text))
    throw ProvisioningError(Kind::Invalid, "The text is empty, too long or holds control characters");
  database.write([&](sql::Connection& connection) {
    if (kind == EntryKind::Server)
      for (const NamedEntry& known : list_entries(connection, kind))
        if (known.text == entry.text)
          throw ProvisioningError(Kind::AlreadyExists, "A server of this name is registered already");
    entry.id = next_number(connection, statements_of(kind).greatest);
    connection.execute(statements_of(kind).insert, entry.id, entry.text);
  });
  return entry;
}

bool remove_entry(sql::Scope& database, EntryKind kind, std::int64_t id) {
  bool was_there = false;
  database.write([&](sql::Connection& connection) {
    was_there = connection.execute(statements_of(kind).remove, id) > 0;
  });
  return was_there;
}

std::vector<RegisteredStore> list_registered_stores(sql::Connection& connection) {
  std::vector<RegisteredStore> stores;
  {
    sql::Query row = connection.query(kListStores);
    while (row.next()) stores.push_back({row.integer(0), row.string(1), row.integer(2), row.integer(3)});
  }
  std::map<std::string, std::int64_t> uses;
  {
    sql::Query row = connection.query(kStoreUses);
    while (row.next()) uses[row.string(0)] = row.integer(1);
  }
  sql::Query row = connection.query(kStoreUsesElsewhere);
  while (row.next()) uses[row.string(0)] += row.integer(1);
  for (RegisteredStore& store : stores) store.contexts = uses[std::to_string(store.id)];
  return stores;
}

RegisteredStore add_store(sql::Scope& database, const RegisteredStore& store) {
  check_store(store);
  RegisteredStore added = store;
  database.write([&](sql::Connection& connection) {
    added.id = 0;
    require_store_free(list_registered_stores(connection), added);
    added.id = next_number(connection, kGreatestStore);
    connection.execute(kInsertStore, added.id, added.uri, added.size, added.max_contexts);
  });
  return added;
}

void change_store(sql::Scope& database, const RegisteredStore& store) {
  check_store(store);
  database.write([&](sql::Connection& connection) {
    const auto stores = list_registered_stores(connection);
    const RegisteredStore* known = find_store(stores, store.id);
    if (known == nullptr) refuse_missing_store(store.id);
    if (known->contexts > 0 && known->uri != store.uri)
      throw ProvisioningError(Kind::Protected, "Contexts use this file store: its address stays");
    require_store_free(stores, store);
    connection.execute(kUpdateStore, store.uri, store.size, store.max_contexts, store.id);
  });
}

void remove_store(sql::Scope& database, std::int64_t id) {
  database.write([&](sql::Connection& connection) {
    const auto stores = list_registered_stores(connection);
    const RegisteredStore* known = find_store(stores, id);
    if (known == nullptr) refuse_missing_store(id);
    if (known->contexts > 0) throw ProvisioningError(Kind::Protected, "Contexts use this file store");
    connection.execute(kDeleteStore, id);
  });
}

void note_store_elsewhere(sql::Scope& home, ContextId context, std::int64_t store) {
  home.write([&](sql::Connection& connection) { connection.execute(kNoteElsewhere, store, context); });
}

}  // namespace gw::model::administration
