// Files on their way from one store to another, one row each: what a killed tool left can be found and ended.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/files/context_stores.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::model::files {

struct FileMove {
  FileOwner owner = kContextFiles;
  std::string old_id;
  std::string new_id;
  /// When the row took the new id; 0: the copy is being made, and the row still names the old file;
  /// kAbandoned: no row will ever name the copy, which has to be removed.
  Millis moved;
};

inline constexpr Millis kAbandoned{-1};

/// Oldest first.
std::vector<FileMove> list_moves(sql::Connection& connection, ContextId context);
void insert_move(sql::Connection& connection, ContextId context, const FileMove& move);
/// False when the move is not there any more, or done: somebody else has ended it.
bool finish_move(sql::Connection& connection, ContextId context, const std::string& new_id, Millis now);
/// False when the move is not in that state any more.
bool abandon_move(sql::Connection& connection, ContextId context, const FileMove& move);
/// False when it was not there, or in another state.
bool remove_move(sql::Connection& connection, ContextId context, const FileMove& move);

}  // namespace gw::model::files
