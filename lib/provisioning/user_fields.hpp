// The fields of a user on the wire, and where each is kept. Source: spec provisioning section 5.
#pragma once

#include <span>
#include <string_view>

#include "provisioning/data_types.hpp"

namespace gw::provisioning {

enum class FieldHome {
  Account,  ///< a member of its own of the account, see user_data.cpp
  Contact,  ///< a field of the entry in the global address book
  Kept,     ///< kept and given back, nothing here reads it
};

struct UserField {
  Member member;
  FieldHome home = FieldHome::Kept;
  std::string_view contact_name{};  ///< JSON name of the contact field
};
std::span<const UserField> user_fields();
/// The same, as members of the type User.
std::span<const Member> user_members();

}  // namespace gw::provisioning
