// Users as web clients see and change them: visibility, own data, free attributes. What they read beside the
// account is the contact in folder 6 (contacts/contact_service.hpp). Source: spec
// contacts-users-groups-resources sections 2 and 10.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/contacts/contact_service.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/user.hpp"

namespace gw::model::users {

/// Internal users the caller may look up, ascending by id: all, or only the caller without the global address
/// book.
std::vector<User> list_visible(UnitOfWork& work);
/// Errors: USR-0010, also when the caller may not see him.
User load_visible(UnitOfWork& work, UserId user);

struct UserInput {
  std::optional<std::string> timezone;
  std::optional<std::string> locale;
  contacts::ContactInput contact;
};
/// Changes the caller's own data, or any user's when the caller is the context admin, in one transaction.
/// Gives the new timestamp; language and zone alone leave it as it was, because the version clients know is
/// that of the contact. Errors: USR-0010, USR-0013 (somebody else), USR-0023, USR-0024, CON-0119 changed
/// after `known`, and those of contacts::update.
Millis update_user(UnitOfWork& work, UserId user, const UserInput& input, Millis known);

/// Limits of free attributes.
inline constexpr std::size_t kMaxAttributeName = 128;      ///< characters
inline constexpr std::size_t kMaxAttributeValue = 65'000;  ///< bytes
inline constexpr std::int64_t kMaxAttributes = 1'000;      ///< per user

/// Empty when it is not set. Errors: USR-0013 for somebody else's, USR-0022 without name.
std::optional<std::string> get_attribute(UnitOfWork& work, UserId user, std::string_view name);
/// An absent value removes it. `only_if_absent` keeps an existing one. Gives whether something changed or was
/// as wished; false: an existing value was kept. Errors: USR-0013, USR-0022, SVL-0010 (too long, too many).
bool set_attribute(UnitOfWork& work, UserId user, std::string_view name,
                   const std::optional<std::string>& value, bool only_if_absent);

}  // namespace gw::model::users
