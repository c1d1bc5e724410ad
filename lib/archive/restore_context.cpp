// A whole context: all its rows as they were, under its number or another.
#include <vector>

#include "archive/restored_rows.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/folders/folder_access.hpp"
#include "model/users/user_directory.hpp"

namespace gw::archive {
namespace {

namespace contexts = model::contexts;
using model::ProvisioningError;

constexpr std::string_view kMappingsToCome = "SELECT mapping FROM context_mappings WHERE cid=?";
constexpr std::string_view kRenameContext = "UPDATE contexts SET name=? WHERE cid=?";

[[noreturn]] void refuse_taken(const std::string& what) {
  throw ProvisioningError(ProvisioningError::Kind::AlreadyExists, what);
}

void check_mappings(sql::Connection& connection, Scratch& scratch) {
  std::vector<std::string> mappings;
  {
    sql::Query row = scratch.connection().query(kMappingsToCome, scratch.context());
    while (row.next()) mappings.push_back(row.string(0));
  }
  for (const std::string& mapping : mappings)
    if (contexts::find_context(connection, mapping))
      refuse_taken("The mapping \"" + mapping + "\" of the backup belongs to another context");
}

}  // namespace

void check_context_is_free(sql::Connection& connection, ContextId context, const std::string& name) {
  if (contexts::find_context(connection, context))
    refuse_taken("Context " + std::to_string(context.value) +
                 " is there: delete it first, or restore under another number");
  if (contexts::find_context(connection, name))
    refuse_taken("The name \"" + name + "\" belongs to another context: choose one with --as-name");
}

RowCounts restore_context_rows(model::Transaction& transaction, Scratch& scratch, const std::string& name) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = scratch.context();
  check_context_is_free(connection, context, name);
  scratch.connection().execute(kRenameContext, name, context);
  check_mappings(connection, scratch);
  RowTarget target(connection, scratch);
  for (const Content& content : contents())
    if (content.kept != Kept::Never)
      target.for_each(content, [&](const sql::TableLayout& table, const Row& row) {
        target.insert(content, table, row, true);
      });
  transaction.work().replace_caller(contexts::provisioning_caller(context));
  forget_older_states(transaction, context);
  return {target.rows(), 0};
}

void forget_older_states(model::Transaction& transaction, ContextId context) {
  const Millis stamp = transaction.stamp();
  model::prune_tombstones(transaction.connection(), context, stamp);
  model::users::touch_accounts(transaction, context, stamp);
  transaction.note_folder_change();
  model::folders::renew_book_audience(transaction, context);
}

}  // namespace gw::archive
