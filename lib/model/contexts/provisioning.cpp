#include "model/contexts/provisioning.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/administration/reseller_limits.hpp"
#include "model/contexts/context_places.hpp"
#include "model/contexts/context_rows.hpp"
#include "model/files/file_spaces.hpp"
#include "model/folders/folder_setup.hpp"
#include "model/groups/membership.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::contexts {
namespace {

using Kind = ProvisioningError::Kind;

constexpr std::size_t kMaxName = 128;
constexpr std::size_t kMaxMappings = 100;
/// Ids below are system folders (spec folders section 2).
constexpr std::int64_t kFirstId = 20;

constexpr std::string_view kInsertContext =
    "INSERT INTO contexts (cid,name,enabled,admin,file_quota,created) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kInsertSequence =
    "INSERT INTO context_sequence "
    "(cid,last_stamp,next_id,account_stamp,folder_stamp,tombstone_horizon,next_user_id) "
    "VALUES (?,0,?,0,0,0,2)";
constexpr std::string_view kSetAdmin = "UPDATE contexts SET admin=? WHERE cid=?";
constexpr std::string_view kUpdateContext = "UPDATE contexts SET name=?,enabled=?,file_quota=? WHERE cid=?";
constexpr std::string_view kDropMapping = "DELETE FROM context_mappings WHERE mapping=? AND cid=?";

std::int64_t checked_quota(std::int64_t quota) {
  if (quota < -1)
    throw ProvisioningError(Kind::Invalid, "The quota must be a number of bytes, or -1 for unlimited");
  return quota;
}

Context load_context(sql::Connection& connection, ContextId context) {
  auto found = find_context(connection, context);
  if (!found)
    throw ProvisioningError(Kind::NotFound, "Context " + std::to_string(context.value) + " does not exist");
  return std::move(*found);
}

/// In the database of the transaction.
Context create_here(Transaction& transaction, const NewContext& wanted) {
  if (wanted.mappings.size() > kMaxMappings)
    throw ProvisioningError(Kind::Invalid, "A context can have at most 100 mappings");
  UnitOfWork& work = transaction.work();
  sql::Connection& connection = transaction.connection();
  lock_names(connection);
  const ContextId id = choose_id(connection, wanted.id);
  const std::string name =
      check_context_name(wanted.name.empty() ? "context" + std::to_string(id.value) : wanted.name, id);
  require_free(connection, name, id);
  connection.execute(kInsertContext, id, name, 1, UserId(2), checked_quota(wanted.file_quota), work.now());
  connection.execute(kInsertSequence, id, kFirstId);
  // From here on stamps and ids come from the new context's own sequence.
  work.replace_caller(provisioning_caller(id));
  for (const std::string& mapping : wanted.mappings) add_mapping(connection, id, mapping);
  if (wanted.reseller != 0) administration::settle_owner(transaction, id, wanted.reseller);
  groups::create_standard_groups(transaction, id);
  folders::create_system_folders(transaction, id, UserId(2));
  users::NewUser admin = wanted.admin;
  admin.modules.set(Module::EditGroup, true);
  admin.modules.set(Module::EditResource, true);
  const users::User user = users::create_user(transaction, id, admin);
  connection.execute(kSetAdmin, user.id, id);
  return load_context(connection, id);
}

Context change_here(Transaction& transaction, const ContextChanges& changes) {
  const ContextId id = transaction.work().context();
  sql::Connection& connection = transaction.connection();
  const Millis stamp = transaction.stamp();
  if (changes.name || !changes.add_mappings.empty()) lock_names(connection);
  Context changed = load_context(connection, id);
  if (changes.name) {
    changed.name = check_context_name(*changes.name, id);
    require_free(connection, changed.name, id);
  }
  if (changes.file_quota) {
    changed.file_quota = checked_quota(*changes.file_quota);
    administration::settle_quota(transaction, id, changed.file_quota);
  }
  if (changes.enabled) changed.enabled = *changes.enabled;
  connection.execute(kUpdateContext, changed.name, changed.enabled ? 1 : 0, changed.file_quota, id);
  for (const std::string& mapping : changes.remove_mappings)
    if (connection.execute(kDropMapping, to_lower_ascii(trim(mapping)), id) == 0)
      throw ProvisioningError(Kind::NotFound, "The context has no mapping \"" + mapping + "\"");
  for (const std::string& mapping : changes.add_mappings) add_mapping(connection, id, mapping);
  users::touch_accounts(transaction, id, stamp);
  return load_context(connection, id);
}

void delete_here(Transaction& transaction, ContextId context) {
  transaction.stamp();  // waits for writers of this context
  files::drop_spaces(transaction, context);
  administration::forget_context(transaction, context);
  delete_context_rows(transaction.connection(), context);
}

std::int64_t place_of(UnitOfWork& work) { return work.database().pool().settings().number; }

}  // namespace

std::string check_context_name(std::string_view name, ContextId context) {
  const std::string kept = to_lower_ascii(trim(name));
  const bool plain = std::none_of(kept.begin(), kept.end(), [](unsigned char c) {
    return c <= ' ' || c == 0x7F || c == '@' || c == '/' || c == '\\';
  });
  if (kept.empty() || count_characters(kept) > kMaxName || !plain || !is_valid_utf8(kept))
    throw ProvisioningError(Kind::Invalid,
                            "The name \"" + std::string(name) +
                                "\" is not valid: use up to 128 characters without blank, @ and slash");
  // It would look like the id of another context.
  const bool only_digits = std::all_of(kept.begin(), kept.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (only_digits && kept != std::to_string(context.value))
    throw ProvisioningError(Kind::Invalid,
                            "The name \"" + kept + "\" is a number, but not the id of the context");
  return kept;
}

Caller provisioning_caller(ContextId context, UserId admin) {
  Caller caller;
  caller.context = context;
  caller.user = admin;
  caller.groups = {kAllUsersGroup, kStandardGroup};
  caller.modules.bits = 0xFFFFFFFF;
  caller.is_context_admin = true;
  return caller;
}

Context create_context(UnitOfWork& work, const NewContext& wanted, const InSameTransaction& complete) {
  Context created;
  const auto create = [&](const NewContext& placed) {
    work.write([&](Transaction& transaction) {
      work.replace_caller({});
      created = create_here(transaction, placed);
      if (complete) complete(transaction, created);
    });
  };
  const std::int64_t database = choose_database(work, wanted);
  if (database == 0) {
    create(wanted);
    return created;
  }
  const NewContext placed = reserve_place(work, wanted, database);
  try {
    work.enter_database(database);
    create(placed);
  } catch (const sql::SqlError& error) {
    // It may be there: deleting the context mends it then.
    if (error.kind() != sql::ErrorKind::UnknownOutcome) release_place(work, *placed.id);
    throw;
  } catch (const std::exception&) {
    release_place(work, *placed.id);
    throw;
  }
  created.database = database;
  return created;
}

Context change_context(UnitOfWork& work, const ContextChanges& changes, const InSameTransaction& complete) {
  const std::int64_t database = place_of(work);
  if (database != 0) announce_names(work, work.context(), changes);
  Context changed;
  work.write([&](Transaction& transaction) {
    changed = change_here(transaction, changes);
    if (complete) complete(transaction, changed);
  });
  changed.database = database;
  if (database != 0) settle_place(work, changed);
  return changed;
}

void delete_context(UnitOfWork& work) {
  const ContextId id = work.context();
  const std::int64_t database = place_of(work);
  // Elsewhere it may be gone already, as this was cut off.
  if (database == 0 || find_context(work.connection(), id))
    work.write([&](Transaction& transaction) { delete_here(transaction, id); });
  if (database != 0) release_place(work, id);
  work.forget_place(id);
}

}  // namespace gw::model::contexts
