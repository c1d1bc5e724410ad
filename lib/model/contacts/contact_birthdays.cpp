#include "model/contacts/contact_birthdays.hpp"

#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/errors/contact.hpp"
#include "model/changes.hpp"
#include "model/contacts/contact_access.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/contacts/folder_selection.hpp"

namespace gw::model::contacts {
namespace {

/// Names, birthday, creation and last change.
store::Selection birthday_selection(const Caller& caller) {
  return {store::with_dependencies(fields_of(std::array{2, 3, 4, 5, 500, 501, 502, 511})), caller.user,
          false};
}

std::vector<Contact> scan_birthdays(sql::Connection& connection, const Caller& caller, FolderLookup& lookup,
                                    const store::Condition& condition) {
  std::vector<Contact> found;
  store::scan(connection, caller.context, birthday_selection(caller), condition, [&](const Contact& contact) {
    if (contact.birthday && lookup.is_visible(contact)) found.push_back(contact);
  });
  return found;
}

}  // namespace

std::vector<Contact> list_birthdays(UnitOfWork& work, std::optional<Date> from, std::optional<Date> until) {
  sql::Connection& connection = work.connection();
  FolderLookup lookup(connection, work.caller());
  store::Condition condition{.folders = select_folders(connection, work.caller(), lookup, {}),
                             .has_birthday = true};
  if (condition.folders.empty()) return {};
  if (from && until) condition.born_around = store::YearWindow{*from, until->days - from->days};
  return scan_birthdays(connection, work.caller(), lookup, condition);
}

std::vector<Contact> find_birthdays(UnitOfWork& work, std::span<const ObjectId> ids) {
  if (ids.empty()) return {};
  sql::Connection& connection = work.connection();
  FolderLookup lookup(connection, work.caller());
  lookup.load_all();
  store::Condition condition;
  condition.ids.assign(ids.begin(), ids.end());
  condition.has_birthday = true;
  return scan_birthdays(connection, work.caller(), lookup, condition);
}

BirthdayUpdates birthday_updates(sql::Connection& connection, const Caller& caller, Millis since) {
  if (since.value > 0 && since < tombstone_horizon(connection, caller.context))
    throw ApiError(errors::con::kUnexpected,
                   {"the timestamp is older than the kept history; load the folder again"});
  BirthdayUpdates updates;
  updates.timestamp = since;
  FolderLookup lookup(connection, caller);
  const store::Condition condition{.folders = select_folders(connection, caller, lookup, {}),
                                   .changed_after = since};
  if (condition.folders.empty()) return updates;
  store::scan(connection, caller.context, birthday_selection(caller), condition, [&](const Contact& contact) {
    updates.timestamp = std::max(updates.timestamp, contact.last_modified);
    if (contact.birthday && lookup.is_visible(contact))
      updates.changed.push_back(contact);
    else if (contact.creation_date <= since)
      updates.removed.emplace_back(contact.id);
  });
  for (const FolderId folder : condition.folders)
    for (const Tombstone& gone :
         tombstones_since(connection, caller.context, ObjectModule::Contact, folder, since)) {
      updates.timestamp = std::max(updates.timestamp, gone.stamp);
      updates.removed.push_back(gone.object);
    }
  return updates;
}

}  // namespace gw::model::contacts
