// Contacts by mail address: who a mail is from, whose picture to show.
#include <algorithm>
#include <array>
#include <set>

#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/folder_selection.hpp"

namespace gw::model::contacts {

ListResult find_by_addresses(UnitOfWork& work, std::span<const std::string> addresses,
                             const ListRequest& request, const Visitor& visit) {
  constexpr std::size_t kMaxAddresses = 20;
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup lookup(connection, caller);
  store::Condition condition;
  for (const std::string& address : addresses.first(std::min(addresses.size(), kMaxAddresses)))
    if (std::string folded = store::fold_address(address); !folded.empty())
      condition.addresses.push_back(std::move(folded));
  Listing listing(work, connection, request, visit, {}, [](const Contact& contact) {
    return KeyBuilder().descending_number(contact.last_modified.value).take();
  });
  if (!condition.addresses.empty()) {
    lookup.load_all();
    std::set<std::int64_t> seen;
    store::scan(connection, caller.context, listing.selection(), condition, [&](const Contact& contact) {
      if (seen.insert(contact.id).second && lookup.is_visible(contact)) listing.add(contact);
    });
  }
  return with_timestamp(listing.finish(lookup), connection, caller);
}

}  // namespace gw::model::contacts
