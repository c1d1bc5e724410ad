// What an installation registers beside its contexts: servers, reasons of maintenance, file stores that new
// contexts may be given. Source: spec provisioning section 9.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "sql/scope.hpp"

namespace gw::model::administration {

/// One more than what `greatest` (a statement) gives; numbers are given by one transaction at a time. Call
/// inside a write transaction.
std::int64_t next_number(sql::Connection& connection, std::string_view greatest);

struct NamedEntry {
  std::int64_t id = 0;
  std::string text;
};

/// Servers and reasons are alike: a number and a text.
enum class EntryKind { Server, Reason };
/// Ascending by id.
std::vector<NamedEntry> list_entries(sql::Connection& connection, EntryKind kind);
/// Gives it a number. Errors: ProvisioningError Invalid, AlreadyExists (a server of that name).
NamedEntry add_entry(sql::Scope& database, EntryKind kind, std::string_view text);
/// False when there was none.
bool remove_entry(sql::Scope& database, EntryKind kind, std::int64_t id);

struct RegisteredStore {
  std::int64_t id = 0;
  std::string uri;
  std::int64_t size = 0;  ///< MB; told, not enforced: quotas are of contexts
  std::int64_t max_contexts = 5'000;
  std::int64_t contexts = 0;  ///< that were given it
};
/// Ascending by id. Cost: two queries.
std::vector<RegisteredStore> list_registered_stores(sql::Connection& connection);
/// Errors: ProvisioningError Invalid (the address), AlreadyExists.
RegisteredStore add_store(sql::Scope& database, const RegisteredStore& store);
/// Errors: ProvisioningError Invalid, NotFound.
void change_store(sql::Scope& database, const RegisteredStore& store);
/// Errors: ProvisioningError NotFound, Protected (a context uses it).
void remove_store(sql::Scope& database, std::int64_t id);

/// Counts the store of a context whose data are in another database; 0: it has none of these.
void note_store_elsewhere(sql::Scope& home, ContextId context, std::int64_t store);

}  // namespace gw::model::administration
