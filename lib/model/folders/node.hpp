// A folder as one caller sees it in one tree: stored, virtual or from another source such as mail. What the
// API delivers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "model/event.hpp"
#include "model/field.hpp"
#include "model/folders/folder.hpp"

namespace gw::model::folders {

/// Members are named after the API fields. Costly ones stay empty until Tree::complete was asked for them.
struct Node {
  std::optional<std::string> id;
  std::optional<std::string> parent;  ///< differs per tree
  std::optional<std::int64_t> created_by, modified_by;
  Millis created, last_modified;
  std::optional<std::string> title;
  ObjectModule module = ObjectModule::System;
  bool is_event_calendar = false;  ///< shown to a client of chronos: module "event"
  std::int64_t type = 0;           ///< FolderType, or 7 for mail
  std::int64_t own_bits = 0;
  bool has_subfolders = false;
  bool is_standard = false;
  std::int64_t standard_type = 0;
  bool is_subscribed = true;
  bool has_subscribed_subfolders = false;
  std::optional<std::string> meta;  ///< JSON text
  std::optional<std::int64_t> total, recent, unread, deleted;
  std::optional<std::int64_t> capabilities;
  std::vector<std::string> supported;  ///< names of 317
  std::optional<std::string> summary, account, owner_name;
  std::vector<PermissionEntry> permissions;
  bool knows_permissions = false;
  Json extended_permissions;
  std::string calendar_provider;              ///< of event calendars
  Json calendar_config, calendar_properties;  ///< missing: not told

  /// The stored folder behind it; 0 for virtual nodes and other sources.
  FolderId stored;
  Rights rights;
};

/// Columns of the folders module. Source: spec columns section 2.
std::span<const Field<Node>> folder_fields();

/// Columns that cost further queries: 306, 309, 3030, 3060; 3203 to 3205 are filled in for clients of
/// chronos.
namespace column {
inline constexpr int kPermissions = 306, kTotal = 309, kOwnerName = 3030, kExtendedPermissions = 3060;
}

/// The wire name of a module ("contacts"); "unbound" for what has none.
std::string_view module_name(ObjectModule module);
/// By name or number ("contacts", "3"; "event" is the calendar). Empty when unknown.
std::optional<ObjectModule> parse_module(std::string_view text);

}  // namespace gw::model::folders
