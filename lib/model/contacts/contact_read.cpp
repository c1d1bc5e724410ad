// Reading contacts one by one and by folder, by id or by user.
#include <algorithm>
#include <array>
#include <set>

#include "core/errors/contact.hpp"
#include "model/contacts/contact_listing.hpp"
#include "model/contacts/contact_members.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/contact_store.hpp"

namespace gw::model::contacts {
namespace {

[[noreturn]] void throw_missing(std::int64_t id) {
  throw ApiError(errors::con::kNotFound, {std::to_string(id)});
}

void attach_members_of(sql::Connection& connection, const Caller& caller, Contact& contact,
                       const FieldSet& fields) {
  if (contact.number_of_distribution_list == 0 || (fields & fields_of(std::array{592})).none()) return;
  FolderLookup folders(connection, caller);
  attach_members(connection, caller, folders, std::array{&contact});
}

/// True when this user's contact is the caller's own or the global address book is open to the caller.
bool may_read_user(FolderLookup& folders, const Contact& contact) { return folders.is_visible(contact); }

void scan_folder(Listing& listing, sql::Connection& connection, const Caller& caller,
                 const folders::FolderAccess& folder) {
  store::scan(connection, caller.context, listing.selection(), {.folders = {folder.id}},
              [&](const Contact& contact) {
                if (is_visible(contact, folder, caller)) listing.add(contact);
              });
}

}  // namespace

Contact get(UnitOfWork& work, ContactRef ref, const FieldSet& fields) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  const folders::FolderAccess folder = load_readable_folder(connection, caller, ref.folder);
  auto found =
      store::find(connection, caller.context, {store::with_dependencies(fields), caller.user}, ref.id);
  if (!found || found->folder_id != ref.folder.value || !is_visible(*found, folder, caller))
    throw_missing(ref.id.value);
  attach_members_of(connection, caller, *found, fields);
  return std::move(*found);
}

Contact get_user(UnitOfWork& work, UserId user, const FieldSet& fields) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  std::optional<Contact> found;
  if (user.value > 0)
    store::scan(connection, caller.context, {store::with_dependencies(fields), caller.user},
                {.users = {user}}, [&](const Contact& contact) { found = contact; });
  FolderLookup folders(connection, caller);
  if (!found || !may_read_user(folders, *found)) throw_missing(user.value);
  attach_members_of(connection, caller, *found, fields);
  return std::move(*found);
}

ListResult list_folder(UnitOfWork& work, FolderId folder, const ListRequest& request, const Visitor& visit) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  const folders::FolderAccess access = load_readable_folder(connection, caller, folder);
  const auto run = [&] {
    Listing listing(work, connection, request, visit);
    scan_folder(listing, connection, caller, access);
    FolderLookup folders(connection, caller);
    return listing.finish(folders);
  };
  ListResult result = run();
  if (!result.order.empty()) return result;
  // The stamp of an empty list is where the client's updates start. It is read first and the list again, so
  // that a contact stored in between is either in the list or newer than the stamp.
  const Millis stamp = last_stamp(connection, caller.context);
  result = run();
  if (result.order.empty()) result.timestamp = stamp;
  return result;
}

ListResult list_refs(UnitOfWork& work, std::span<const ContactRef> refs, const ListRequest& request,
                     const Visitor& visit) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup folders(connection, caller);
  store::Condition condition;
  std::set<std::pair<std::int64_t, std::int64_t>> asked;
  std::vector<std::int64_t> order;
  for (const ContactRef& ref : refs) {
    order.push_back(ref.id.value);
    if (!asked.emplace(ref.id.value, ref.folder.value).second) continue;
    if (folders.find(ref.folder) != nullptr) condition.ids.push_back(ref.id);
  }
  std::sort(condition.ids.begin(), condition.ids.end());
  condition.ids.erase(std::unique(condition.ids.begin(), condition.ids.end()), condition.ids.end());
  Listing listing(work, connection, request, visit);
  if (!condition.ids.empty())
    store::scan(connection, caller.context, listing.selection(), condition, [&](const Contact& contact) {
      // Its folder was among those looked up, else it was not asked for there.
      if (asked.contains({contact.id, contact.folder_id}) && folders.is_visible(contact))
        listing.add(contact);
    });
  return with_timestamp(listing.finish_as(folders, order), connection, caller);
}

ListResult list_users(UnitOfWork& work, std::span<const UserId> users, const ListRequest& request,
                      const Visitor& visit) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup folders(connection, caller);
  folders.load_all();
  store::Condition condition;
  for (const UserId user : users)
    if (user.value > 0) condition.users.push_back(user);
  std::sort(condition.users.begin(), condition.users.end());
  condition.users.erase(std::unique(condition.users.begin(), condition.users.end()), condition.users.end());
  Listing listing(work, connection, request, visit);
  std::unordered_map<std::int64_t, std::int64_t> id_of_user;
  if (!condition.users.empty())
    store::scan(connection, caller.context, listing.selection(), condition, [&](const Contact& contact) {
      if (!may_read_user(folders, contact)) return;
      id_of_user[contact.user_id] = contact.id;
      listing.add(contact);
    });
  std::vector<std::int64_t> order;
  for (const UserId user : users)
    if (const auto found = id_of_user.find(user.value); found != id_of_user.end())
      order.push_back(found->second);
  ListResult result = request.sort.column == 0 ? listing.finish_as(folders, order) : listing.finish(folders);
  return with_timestamp(std::move(result), connection, caller);
}

Updates updates(UnitOfWork& work, FolderId folder, Millis since, bool with_removed,
                const ListRequest& request, const Visitor& visit) {
  const Caller& caller = work.caller();
  Updates found;
  work.snapshot([&](sql::Connection& connection) {
    found = {};
    const folders::FolderAccess access = load_readable_folder(connection, caller, folder);
    if (with_removed && since.value > 0 && since < tombstone_horizon(connection, caller.context))
      throw ApiError(errors::con::kUnexpected,
                     {"the timestamp is older than the kept history; load the folder again"});
    Listing listing(work, connection, request, visit, fields_of(std::array{4}));
    Millis newest = since;
    const store::Condition condition{.folders = {folder}, .changed_after = since};
    store::scan(connection, caller.context, listing.selection(), condition, [&](const Contact& contact) {
      newest = std::max(newest, contact.last_modified);
      if (is_visible(contact, access, caller))
        listing.add(contact);
      else if (with_removed && contact.private_flag && contact.creation_date <= since)
        found.removed.emplace_back(contact.id);  // it existed before: the caller may have seen it
    });
    if (with_removed)
      for (const Tombstone& gone :
           tombstones_since(connection, caller.context, ObjectModule::Contact, folder, since)) {
        newest = std::max(newest, gone.stamp);
        found.removed.push_back(gone.object);
      }
    FolderLookup folders(connection, caller);
    found.changed = listing.finish(folders);
    found.timestamp = newest;
  });
  std::sort(found.removed.begin(), found.removed.end());
  found.removed.erase(std::unique(found.removed.begin(), found.removed.end()), found.removed.end());
  return found;
}

}  // namespace gw::model::contacts
