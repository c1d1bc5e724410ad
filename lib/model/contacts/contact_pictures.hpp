// Finding the picture a client asks for. The bytes are read in a second step, so that a cached copy costs
// none. Source: spec contacts-users-groups-resources section 1 (images).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/contacts/contact_service.hpp"
#include "model/contacts/picture.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::contacts {

/// A picture that exists and that the caller may see.
struct PictureHead {
  ObjectId contact;
  Millis last_modified;
};

/// What may be known of the contact, most specific first.
struct PictureQuery {
  std::optional<UserId> user;
  std::optional<ContactRef> contact;
  /// Users' contacts win, then the most recently changed.
  std::vector<std::string> addresses;
};

/// Empty: no picture, no contact or no right; a client must not learn which. Cost: as get_user, get,
/// find_by_addresses.
std::optional<PictureHead> find_picture(UnitOfWork& work, const PictureQuery& query);
/// Empty when it was deleted in the meantime.
std::optional<PictureFile> load_picture(UnitOfWork& work, const PictureHead& head);

}  // namespace gw::model::contacts
