#include "model/contacts/collected_addresses.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "model/contacts/contact_rules.hpp"
#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/contacts/contact_writer.hpp"
#include "model/folders/folder_access.hpp"
#include "model/folders/folder_setup.hpp"
#include "model/settings/availability.hpp"
#include "model/users/user_directory.hpp"
#include "model/users/user_preferences.hpp"

namespace gw::model::contacts {
namespace {

constexpr std::size_t kSearchedAtOnce = 20;  ///< what find_by_addresses takes
constexpr std::size_t kMostOfName = 320;     ///< characters of a display name

const FieldSet& address_fields() {
  static const FieldSet fields = fields_of(std::array{555, 556, 557});
  return fields;
}

/// Folded address and contact-to-be, each address once.
struct Candidates {
  std::vector<std::string> folded;
  std::vector<CollectedAddress> wanted;

  void erase_known(const std::set<std::string>& known) {
    Candidates rest;
    for (std::size_t i = 0; i < folded.size(); ++i) {
      if (known.contains(folded[i])) continue;
      rest.folded.push_back(std::move(folded[i]));
      rest.wanted.push_back(std::move(wanted[i]));
    }
    *this = std::move(rest);
  }
};

Candidates candidates_of(std::span<const CollectedAddress> found) {
  Candidates candidates;
  std::set<std::string> seen;
  for (const CollectedAddress& each : found) {
    if (candidates.wanted.size() == kMostCollected) break;
    if (!is_mail_address(each.address)) continue;
    std::string folded = store::fold_address(each.address);
    if (folded.empty() || !seen.insert(folded).second) continue;
    candidates.folded.push_back(std::move(folded));
    candidates.wanted.push_back(each);
  }
  return candidates;
}

void add_addresses(std::set<std::string>& known, const Contact& contact) {
  for (const Text* address : {&contact.email1, &contact.email2, &contact.email3})
    if (*address) known.insert(store::fold_address(**address));
}

/// Calls `look` for each piece of the list that one query takes.
template <typename Look>
void in_pieces(const std::vector<std::string>& addresses, const Look& look) {
  for (std::size_t i = 0; i < addresses.size(); i += kSearchedAtOnce) {
    const std::size_t count = std::min(kSearchedAtOnce, addresses.size() - i);
    look(std::vector<std::string>(addresses.begin() + static_cast<std::ptrdiff_t>(i),
                                  addresses.begin() + static_cast<std::ptrdiff_t>(i + count)));
  }
}

/// Those that another mail has brought meanwhile.
std::set<std::string> addresses_in(Transaction& transaction, FolderId folder,
                                   const std::vector<std::string>& addresses) {
  std::set<std::string> known;
  const UnitOfWork& work = transaction.work();
  in_pieces(addresses, [&](std::vector<std::string> piece) {
    store::Condition condition;
    condition.folders.push_back(folder);
    condition.addresses = std::move(piece);
    store::scan(transaction.connection(), work.context(),
                {store::with_dependencies(address_fields()), work.caller().user}, condition,
                [&](const Contact& contact) { add_addresses(known, contact); });
  });
  return known;
}

ContactInput input_of(const CollectedAddress& address, FolderId folder) {
  const std::string name(first_characters(trim(address.name), kMostOfName));
  const bool is_usable = !name.empty() && is_valid_utf8(name) && !has_control_characters(name) &&
                         name.find_first_of("\r\n\t") == std::string::npos;
  ContactInput input;
  input.contact.folder_id = folder.value;
  input.contact.display_name = is_usable ? name : address.address;
  input.contact.email1 = address.address;
  input.sent = fields_of(std::array{20, 500, 555});
  return input;
}

void add_contacts(Transaction& transaction, FolderId folder, Candidates candidates, bool counts_use) {
  const UnitOfWork& work = transaction.work();
  ContactWriter writer(transaction, static_cast<std::int64_t>(candidates.wanted.size()));
  candidates.erase_known(addresses_in(transaction, folder, candidates.folded));
  for (const CollectedAddress& each : candidates.wanted) {
    const ObjectId id = writer.create(input_of(each, folder), {});
    if (counts_use) store::raise_use_count(transaction.connection(), work.context(), work.caller().user, id);
  }
}

}  // namespace

bool may_collect(const UnitOfWork& work) {
  const Caller& caller = work.caller();
  const auto has = [&](Module module) {
    return caller.modules.has(module) && settings::is_available(module, work.settings());
  };
  return !caller.is_guest && has(Module::CollectEmailAddresses) && has(Module::Webmail) &&
         has(Module::Contacts);
}

void prepare_collected_folder(UnitOfWork& work) {
  if (!may_collect(work)) return;
  const UserId self = work.caller().user;
  const auto is_there = [&](sql::Connection& connection) {
    const FolderId folder = users::load_user(connection, work.context(), self).collected_folder;
    return folder && folders::find_access(connection, work.caller(), folder).has_value();
  };
  if (is_there(work.connection())) return;
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    if (is_there(transaction.connection())) return;
    users::set_collected_folder(transaction, self, folders::create_collected_folder(transaction));
  });
}

void collect_addresses(UnitOfWork& work, FolderId folder, std::span<const CollectedAddress> found,
                       bool counts_use) {
  Candidates candidates = candidates_of(found);
  std::set<std::string> known;
  std::set<std::int64_t> used;
  in_pieces(candidates.folded, [&](const std::vector<std::string>& piece) {
    find_by_addresses(work, piece, {.fields = address_fields()}, [&](std::size_t, const Contact& contact) {
      add_addresses(known, contact);
      used.insert(contact.id);
    });
  });
  candidates.erase_known(known);
  if (!counts_use) used.clear();
  if (candidates.wanted.empty() && used.empty()) return;
  work.write([&](Transaction& transaction) {
    if (!candidates.wanted.empty()) add_contacts(transaction, folder, candidates, counts_use);
    for (const std::int64_t contact : used)
      store::raise_use_count(transaction.connection(), work.context(), work.caller().user, ObjectId(contact));
  });
}

}  // namespace gw::model::contacts
