#include "model/infostore/item_shares.hpp"

#include <algorithm>

#include "core/errors/infostore.hpp"
#include "model/infostore/item_fields.hpp"
#include "model/infostore/item_store.hpp"
#include "model/infostore/item_writer.hpp"
#include "model/shares/guests.hpp"

namespace gw::model::infostore {
namespace {

shares::Target target_of(const Item& item) {
  return {ObjectModule::Infostore, FolderId(item.folder_id), ObjectId(item.id)};
}

bool has_entry(std::span<const ObjectPermission> entries, const ObjectPermission& wanted) {
  return std::any_of(entries.begin(), entries.end(), [&](const ObjectPermission& entry) {
    return entry.entity == wanted.entity && entry.is_group == wanted.is_group;
  });
}

/// Guests administer nothing, links only read, and a link stays with its own file.
void admit_entry(Transaction& transaction, const Item& item, const ObjectPermission& entry) {
  constexpr std::int64_t kRead = 1;
  if (entry.is_group) return;
  const auto admission =
      shares::admit(transaction, UserId(entry.entity), target_of(item), entry.bits <= kRead, false);
  if (admission == shares::Admission::TooManyRights)
    throw ApiError(errors::ifo::kInvalid, {"object_permissions", "a link can only be read"});
  if (admission == shares::Admission::OtherTarget)
    throw ApiError(errors::ifo::kInvalid, {"object_permissions", "a link belongs to another target"});
}

}  // namespace

std::vector<ObjectId> items_shared_with(sql::Connection& connection, ContextId context, UserId user) {
  return store::shared_items_of(connection, context, false, user.value);
}

void check_shareable(Transaction& transaction, ObjectId item) {
  ItemWriter(transaction).check_shareable({{}, item});
}

void grant(Transaction& transaction, ObjectId item, const ObjectPermission& entry) {
  ItemInput input;
  input.item.object_permissions = store::load_permissions(
      transaction.connection(), transaction.work().context(), std::span(&item, 1))[item.value];
  std::erase_if(input.item.object_permissions, [&](const ObjectPermission& known) {
    return known.entity == entry.entity && known.is_group == entry.is_group;
  });
  input.item.object_permissions.push_back(entry);
  input.sent.set(static_cast<std::size_t>(find_column(item_fields(), kPermissionsColumn)));
  ItemWriter(transaction).update({{}, item}, input, kAnyVersion, nullptr, {});
}

void ItemWriter::check_shareable(ItemRef ref) {
  const Target target = load(ref);
  if (!target.access.write || !may_share(caller_)) throw ApiError(errors::ifo::kNoWrite);
}

std::vector<ObjectPermission> ItemWriter::with_guests(const Item& before, const Item& wanted) {
  std::vector<ObjectPermission> entries = wanted.object_permissions;
  for (const ObjectInvitation& invitation : wanted.invitations) {
    const UserId guest = shares::invite(transaction_, invitation.guest, target_of(before));
    const ObjectPermission entry{guest.value, false, invitation.bits};
    std::erase_if(entries, [&](const ObjectPermission& known) { return has_entry({&entry, 1}, known); });
    if (entry.bits != 0) entries.push_back(entry);
  }
  for (const ObjectPermission& entry : entries) {
    const auto& old = before.object_permissions;
    if (std::find(old.begin(), old.end(), entry) == old.end()) admit_entry(transaction_, before, entry);
  }
  return entries;
}

std::vector<ObjectPermission> new_entries(std::span<const ObjectPermission> before,
                                          std::span<const ObjectPermission> after) {
  std::vector<ObjectPermission> found;
  std::copy_if(after.begin(), after.end(), std::back_inserter(found),
               [&](const ObjectPermission& entry) { return !has_entry(before, entry); });
  return found;
}

void release_guests(Transaction& transaction, ObjectId item, std::span<const ObjectPermission> before,
                    std::span<const ObjectPermission> after) {
  std::vector<UserId> gone;
  for (const ObjectPermission& entry : before)
    if (!entry.is_group && !has_entry(after, entry)) gone.emplace_back(entry.entity);
  shares::release(transaction, gone, {ObjectModule::Infostore, {}, item});
}

}  // namespace gw::model::infostore
