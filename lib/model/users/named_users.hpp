// What calendars need of many users at once: name, address, zone, calendar. Without aliases and groups.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "sql/connection.hpp"

namespace gw::model::users {

struct NamedUser {
  UserId id;
  std::string display_name;
  std::string mail;  ///< primary address
  std::string timezone;
  FolderId calendar;
};
/// Those of `users` that are internal users, in no order. Cost: one select for each 256.
std::vector<NamedUser> list_named(sql::Connection& connection, ContextId context,
                                  std::span<const UserId> users);

}  // namespace gw::model::users
