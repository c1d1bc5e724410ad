// One stored folder, as the database has it: not what a caller sees (that is node.hpp). Source: spec folders.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/event.hpp"
#include "model/folders/folder_access.hpp"
#include "model/permissions/rights.hpp"

namespace gw::model::folders {

/// Values of column 316 that a stored folder can have. Stored in `folders.default_kind`: never renumber.
enum class DefaultKind : int { None = 0, Tasks = 1, Calendar = 2, Contacts = 3, Infostore = 8, Trash = 12 };

struct Folder {
  FolderId id;
  FolderId parent;
  ObjectModule module = ObjectModule::System;
  FolderType type = FolderType::Private;  ///< as stored: never Shared
  std::string title;
  UserId owner;  ///< 0 for system folders
  DefaultKind default_kind = DefaultKind::None;
  /// What users see who never changed their subscription.
  bool subscribed = true;
  std::optional<std::string> meta;    ///< JSON text
  std::optional<std::string> origin;  ///< of a trashed folder: ids from its parent up to the storage, "31/10"
  UserId created_by;
  UserId modified_by;
  Millis created;
  Millis last_modified;
};

/// A folder with the permission entries that were asked for.
struct FolderWithEntries {
  Folder folder;
  std::vector<PermissionEntry> entries;
  /// Marks::folders of the state that find_for_caller read; 0 from everybody else.
  std::int64_t mark = 0;
};

/// Ids below this are system folders or never given out.
inline constexpr std::int64_t kFirstOrdinaryId = 20;
inline constexpr std::size_t kMaxTitle = 255;  ///< characters

}  // namespace gw::model::folders
