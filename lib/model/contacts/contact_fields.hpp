// The one table of contact fields; SQL, JSON, sorting, CSV and vCard all read it.
#pragma once

#include <span>

#include "model/contacts/contact.hpp"
#include "model/field.hpp"

namespace gw::model::contacts {

/// Rows in ascending order of meaning, not of number. Proven complete against http-api.json by a test.
std::span<const Field<Contact>> contact_fields();

}  // namespace gw::model::contacts
