#include "model/files/file_moves.hpp"

namespace gw::model::files {
namespace {

constexpr std::string_view kListMoves =
    "SELECT owner,old_id,new_id,moved FROM file_moves WHERE cid=? ORDER BY moved,new_id";
constexpr std::string_view kInsertMove =
    "INSERT INTO file_moves (cid,new_id,owner,old_id,moved) VALUES (?,?,?,?,0)";
constexpr std::string_view kFinish = "UPDATE file_moves SET moved=? WHERE cid=? AND new_id=? AND moved=0";
constexpr std::string_view kAbandon = "UPDATE file_moves SET moved=-1 WHERE cid=? AND new_id=? AND moved=?";
constexpr std::string_view kRemove = "DELETE FROM file_moves WHERE cid=? AND new_id=? AND moved=?";

}  // namespace

std::vector<FileMove> list_moves(sql::Connection& connection, ContextId context) {
  std::vector<FileMove> moves;
  sql::Query row = connection.query(kListMoves, context);
  while (row.next()) moves.push_back({row.integer(0), row.string(1), row.string(2), row.millis(3)});
  return moves;
}

void insert_move(sql::Connection& connection, ContextId context, const FileMove& move) {
  connection.execute(kInsertMove, context, move.new_id, move.owner, move.old_id);
}

bool finish_move(sql::Connection& connection, ContextId context, const std::string& new_id, Millis now) {
  return connection.execute(kFinish, now, context, new_id) > 0;
}

bool abandon_move(sql::Connection& connection, ContextId context, const FileMove& move) {
  return connection.execute(kAbandon, context, move.new_id, move.moved) > 0;
}

bool remove_move(sql::Connection& connection, ContextId context, const FileMove& move) {
  return connection.execute(kRemove, context, move.new_id, move.moved) > 0;
}

}  // namespace gw::model::files
