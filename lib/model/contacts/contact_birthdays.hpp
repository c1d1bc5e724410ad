// Whose birthdays a caller may know: for calendars that show them. Rights are those of contacts.
// Source: spec chronos section 14, contacts-users-groups-resources sections 3 and 7.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/contacts/contact.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::contacts {

/// Contacts with a birthday in all readable folders, with names, dates and who changed them when. With a
/// window [from, until) those who celebrate then, and some more around it. Cost: one query for the folders,
/// one select for each 256 of them.
std::vector<Contact> list_birthdays(UnitOfWork& work, std::optional<Date> from = {},
                                    std::optional<Date> until = {});
/// Of these contacts those that are readable and have a birthday, in no order.
std::vector<Contact> find_birthdays(UnitOfWork& work, std::span<const ObjectId> ids);

struct BirthdayUpdates {
  std::vector<Contact> changed;
  std::vector<ObjectId>
      removed;  ///< contacts that went, are hidden now, or lost their birthday; some never had one
  Millis timestamp;
};
/// In a snapshot of the caller's. Errors: CON-1001 when `since` is older than the kept history (and not 0).
BirthdayUpdates birthday_updates(sql::Connection& connection, const Caller& caller, Millis since);

}  // namespace gw::model::contacts
