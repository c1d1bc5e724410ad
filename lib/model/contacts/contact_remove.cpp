// Deleting contacts one by one or a folder at a time.
#include <algorithm>
#include <array>

#include "core/errors/contact.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/contacts/contact_writer.hpp"

namespace gw::model::contacts {
namespace {

constexpr std::size_t kRemovedAtOnce = 500;

}  // namespace

void ContactWriter::remove(ContactRef ref, Millis known) {
  const Contact stored = load(ref, {});
  if (stored.user_id != 0) throw ApiError(errors::con::kUserContactDelete);
  if (!may_remove(folder(ref.folder).rights, is_own(stored, caller_)))
    throw ApiError(errors::con::kNoDelete, {std::to_string(ref.folder.value)});
  if (stored.last_modified > known) throw ApiError(errors::con::kChanged);
  attachments::remove_with_parents(transaction_, caller_.context, attachments::ParentModule::Contact,
                                   std::array{ref.id});
  store::remove(connection_, caller_.context, std::array{ref.id});
  write_tombstone(connection_, caller_.context, ObjectModule::Contact, ref.folder, ref.id, stamp_);
  raise(ChangeKind::Deleted, stored, stored.private_flag);
}

Removed remove(UnitOfWork& work, std::span<const ContactRef> refs, Millis known) {
  Removed removed{std::vector<RemoveOutcome>(refs.size()), {}};
  for (std::size_t start = 0; start < refs.size(); start += kRemovedAtOnce) {
    const std::size_t end = std::min(refs.size(), start + kRemovedAtOnce);
    work.write([&](Transaction& transaction) {
      ContactWriter writer(transaction);
      for (std::size_t i = start; i < end; ++i) {
        removed.outcomes[i].error.reset();
        try {
          writer.remove(refs[i], known);
        } catch (const ApiError& refused) {
          removed.outcomes[i].error = refused;
        }
      }
      removed.timestamp = transaction.stamp();
    });
  }
  return removed;
}

}  // namespace gw::model::contacts
