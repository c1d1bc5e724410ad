// Who asks: filled once per request from the session and the user's row.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace gw::model {

/// What a user may use. Bit positions are stored in `users.modules`: never renumber.
/// Names are the capability ids of spec settings section 4.
enum class Module : std::uint32_t {
  Webmail = 1U << 0,
  Calendar = 1U << 1,
  Contacts = 1U << 2,
  Tasks = 1U << 3,
  Infostore = 1U << 4,
  GlobalAddressBook = 1U << 5,
  EditPublicFolders = 1U << 6,
  ReadCreateSharedFolders = 1U << 7,
  DelegateTasks = 1U << 8,
  EditPassword = 1U << 9,
  EditGroup = 1U << 10,
  EditResource = 1U << 11,
  CollectEmailAddresses = 1U << 12,
  MultipleMailAccounts = 1U << 13,
  Ical = 1U << 14,
  Vcard = 1U << 15,
  Webdav = 1U << 16,
  Caldav = 1U << 17,
  Carddav = 1U << 18,
  ActiveSync = 1U << 19,
  // Kept for provisioning, which gives back what it was told; nothing here reads them. Source: spec
  // provisioning section 4.
  WebdavXml = 1U << 20,
  SyncMl = 1U << 21,
  Usm = 1U << 22,
  OutlookConnector = 1U << 23,
  Subscription = 1U << 24,
  Publication = 1U << 25,
  PublicFolderEditable = 1U << 26,
  DeniedPortal = 1U << 27,
};

struct ModuleSet {
  std::uint32_t bits = 0;
  [[nodiscard]] bool has(Module module) const { return (bits & static_cast<std::uint32_t>(module)) != 0; }
  void set(Module module, bool on) {
    bits = on ? bits | static_cast<std::uint32_t>(module) : bits & ~static_cast<std::uint32_t>(module);
  }
};
/// Everything a new user gets unless told otherwise.
inline constexpr ModuleSet kDefaultModules{0x000FF3FF};

/// Which states of a context were read: context_sequence.account_stamp (users, groups, modules) and
/// folder_stamp (folders and their permissions). Compare for equality only. 0: not known, so nothing may be
/// taken from a cache and nothing be put there.
struct Marks {
  std::int64_t accounts = 0;
  std::int64_t folders = 0;
  bool operator==(const Marks&) const = default;
  [[nodiscard]] bool are_known() const { return accounts != 0 && folders != 0; }
};

struct Caller {
  ContextId context;
  UserId user;
  /// Includes group 0 for internal users, the guests' group for guests, and all stored memberships. Sorted.
  std::vector<GroupId> groups;
  ModuleSet modules;
  bool is_context_admin = false;
  bool is_guest = false;
  std::string login_name;
  std::string display_name;
  std::string locale = "en_US";
  TimeZone timezone = TimeZone::utc();
  /// `accounts`: the state this caller was made from. `folders`: the state seen when the request began, or by
  /// the transaction that runs (UnitOfWork keeps it). Unknown for callers that were made by hand.
  Marks marks;
  /// Since when tombstones are complete (changes.hpp), when the request began: timestamps of answers are at
  /// least this, as a client with an older one would be sent to read everything anew, and again.
  Millis horizon;

  [[nodiscard]] bool in_group(GroupId group) const {
    return std::binary_search(groups.begin(), groups.end(), group);
  }
};

}  // namespace gw::model
