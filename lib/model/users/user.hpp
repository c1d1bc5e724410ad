// A user's account row. What people see of a user (names, addresses) is the contact in folder 6.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/caller.hpp"

namespace gw::model::users {

/// What mail needs to know of a user.
struct MailUser {
  UserId id;
  std::string login;
  std::optional<std::string> imap_login;  ///< empty: the login name
  std::string mail;                       ///< primary address
  std::string display_name;
  std::vector<std::string> aliases;
};

struct User : MailUser {
  bool enabled = true;
  ModuleSet modules = kDefaultModules;
  std::string locale;
  std::string timezone;
  ObjectId contact;
  UserId guest_created_by;
  std::optional<std::string> password_hash;
  FolderId calendar_folder, contacts_folder, tasks_folder, infostore_folder, infostore_trash,
      collected_folder;
  std::int64_t file_quota = -1;  ///< bytes, -1 unlimited
  std::vector<GroupId> groups;
  Millis created;
  Millis last_modified;
  Millis expires;  ///< of a guest; 0 = never
};

}  // namespace gw::model::users
