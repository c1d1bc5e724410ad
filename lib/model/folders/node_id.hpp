// Folder ids of the API are texts; this tells what kind each one is. Source: spec folders section 1.
#pragma once

#include <string>
#include <string_view>

#include "core/ids.hpp"

namespace gw::model::folders {

enum class NodeKind {
  Root,     ///< "0"
  Stored,   ///< a row, system folders included
  List,     ///< virtual lists 11-14
  Sharer,   ///< "u:<user>": what that user shares
  Foreign,  ///< "default0/INBOX", "service://account/id": other sources know
};

struct NodeId {
  NodeKind kind = NodeKind::Root;
  FolderId folder;  ///< of Stored and List
  UserId user;      ///< of Sharer
  std::string text;
};

/// `cal://0/31` is 31, `cal://57/0` the row of calendar account 57. Errors: FLD-1025 for a text that can be
/// no folder id.
NodeId parse_node_id(std::string_view text);

/// The numeric id. Errors: FLD-1025; FLD-1004 for ids of other sources; FLD-0008 for virtual nodes (they are
/// no objects).
FolderId parse_stored_id(std::string_view text);

/// The id of a row as the API writes it.
inline std::string stored_id(FolderId folder) { return std::to_string(folder.value); }
std::string sharer_id(UserId user);

}  // namespace gw::model::folders
