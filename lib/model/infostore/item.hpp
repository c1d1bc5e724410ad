// A file item as the API knows it: the item's own members and those of one of its versions, flat. Rules:
// infostore_service.hpp and infostore_write.hpp; table: item_fields.hpp. Source: spec infostore 1-3,
// columns 8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/shares/target.hpp"

namespace gw::model::infostore {

using Text = std::optional<std::string>;

/// Who may do what with one item beside the rights of its folder. Levels: 1 read, 2 write, 4 delete; each
/// includes the lower ones.
struct ObjectPermission {
  std::int64_t entity = 0;
  bool is_group = false;
  std::int64_t bits = 0;
  bool operator==(const ObjectPermission&) const = default;
};
/// An entry for somebody who may have no account yet.
struct ObjectInvitation {
  shares::Invitation guest;
  std::int64_t bits = 0;
};
inline constexpr std::size_t kMaxObjectPermissions = 100;

/// Absent text means "no value". Ids are plain numbers because the field table binds them.
struct Item {
  std::int64_t id = 0;
  std::int64_t folder_id = 0;
  std::int64_t created_by = 0;
  std::int64_t modified_by = 0;
  Millis creation_date;
  Millis last_modified;  ///< change stamp of the item; the same for all its versions
  Text categories;
  std::int64_t color_label = 0;
  Text meta;                            ///< JSON text
  std::int64_t current_version = 0;     ///< 0: the item has no file
  std::int64_t number_of_versions = 0;  ///< without version 0
  std::int64_t highest_version = 0;     ///< ever given; numbers are never used again
  Text origin;                          ///< path before it was trashed
  // The version that is shown.
  std::int64_t version = 0;
  Text title, url, filename, file_mimetype, description, version_comment, file_md5sum;
  std::int64_t file_size = 0;
  Text file_id;                 ///< in the file store; never leaves the server
  std::int64_t file_owner = 0;  ///< whose store and quota: 0 the context's, else the user's
  std::int64_t version_created_by = 0;
  Millis version_created;
  // Of a picture (picture_notes.hpp); else 0 and absent.
  std::int64_t width = 0;
  std::int64_t height = 0;
  Millis capture_date;
  std::int64_t camera_iso_speed = 0;
  Text camera_model;
  // Read beside the row.
  Millis locked_until;  ///< 0 = free
  std::vector<ObjectPermission> object_permissions;
  std::vector<ObjectInvitation> invitations;  ///< only of what a client sends
  Text extended_permissions;                  ///< JSON text; only after extend_permissions
  bool shareable = false;                     ///< by the caller
};

}  // namespace gw::model::infostore
