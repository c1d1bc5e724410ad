// How often a user wrote to a contact: orders autocomplete. Not part of the change sequence, because it is no
// change that another client must fetch. Source: spec contacts-users-groups-resources section 1 (useCount).
#pragma once

#include <span>
#include <string>

#include "model/unit_of_work.hpp"

namespace gw::model::contacts {

/// Raises the caller's use count of every readable contact with one of these addresses by one.
/// Limits: the first 20 addresses. Cost: one search, two statements per contact found.
void raise_use_counts(UnitOfWork& work, std::span<const std::string> addresses);

}  // namespace gw::model::contacts
