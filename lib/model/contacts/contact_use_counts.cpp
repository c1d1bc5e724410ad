#include "model/contacts/contact_use_counts.hpp"

#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_store.hpp"

namespace gw::model::contacts {

void raise_use_counts(UnitOfWork& work, std::span<const std::string> addresses) {
  std::vector<ObjectId> used;
  find_by_addresses(work, addresses, {},
                    [&](std::size_t, const Contact& contact) { used.emplace_back(contact.id); });
  if (used.empty()) return;
  work.write([&](Transaction& transaction) {
    for (const ObjectId contact : used)
      store::raise_use_count(transaction.connection(), work.context(), work.caller().user, contact);
  });
}

}  // namespace gw::model::contacts
