// Addresses of mails that become contacts by themselves, in a folder of their own. Source: spec mail sections
// 6.2 and 8.3, folders section 9, settings section 2 (contactCollect…).
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "model/unit_of_work.hpp"

namespace gw::model::contacts {

/// Addresses of one mail that are looked at.
inline constexpr std::size_t kMostCollected = 100;

/// The caller has the modules for it, and the server has mail. Guests collect nothing.
bool may_collect(const UnitOfWork& work);

/// Makes the caller's folder where he has none, or lost it. Nothing for whom may_collect refuses.
/// Errors: those of folders::create_folder. Cost: two queries; the first time a transaction.
void prepare_collected_folder(UnitOfWork& work);

struct CollectedAddress {
  std::string address;
  std::string name;  ///< as the mail has it; empty: the address is the name
};
/// A contact in `folder` for each address that no contact has which the caller may read. What is no address
/// is left out. With `counts_use` the caller's use count of those that are there goes up by one, and new ones
/// begin with one. Two mails at the same time make no second contact. Errors: those of contacts::create
/// (then nothing is written). Cost: a search for each 20 addresses; a transaction if there is anything to
/// write.
void collect_addresses(UnitOfWork& work, FolderId folder, std::span<const CollectedAddress> found,
                       bool counts_use);

}  // namespace gw::model::contacts
