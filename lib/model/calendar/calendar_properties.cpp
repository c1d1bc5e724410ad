#include "model/calendar/calendar_properties.hpp"

#include <algorithm>

#include "model/calendar/store_statement.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::string_view kListProperties =
    "SELECT folder_id,color,description,is_transparent,is_for_sync FROM calendar_properties WHERE cid=? AND "
    "user_id=?";
constexpr std::string_view kStoreProperties =
    "INSERT INTO calendar_properties (cid,user_id,folder_id,color,description,is_transparent,is_for_sync) "
    "VALUES (?,?,?,?,?,?,?)";
constexpr std::string_view kEraseProperties = "DELETE FROM calendar_properties WHERE cid=? AND folder_id=?";
constexpr std::string_view kTransparentOf =
    "SELECT user_id,folder_id,is_transparent FROM calendar_properties WHERE cid=?";
constexpr std::string_view kIsDecided = " AND is_transparent IS NOT NULL";

std::optional<bool> optional_flag(const sql::Query& query, int column) {
  const auto number = query.optional_integer(column);
  return number ? std::optional(*number != 0) : std::nullopt;
}

}  // namespace

std::map<FolderId, CalendarProperties> list_properties(sql::Connection& connection, ContextId context,
                                                       UserId user) {
  std::map<FolderId, CalendarProperties> all;
  sql::Query query = connection.query(kListProperties, context, user);
  while (query.next())
    all[query.id<FolderId>(0)] = {query.optional_string(1), query.optional_string(2), optional_flag(query, 3),
                                  optional_flag(query, 4)};
  return all;
}

void change_properties(Transaction& transaction, FolderId folder, const PropertyChange& change) {
  if (change.is_empty()) return;
  transaction.stamp();
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  const UserId user = transaction.work().caller().user;
  CalendarProperties properties = list_properties(connection, context, user)[folder];
  if (change.color) properties.color = *change.color;
  if (change.description) properties.description = *change.description;
  if (change.is_transparent) properties.is_transparent = *change.is_transparent;
  if (change.is_for_sync) properties.is_for_sync = *change.is_for_sync;
  connection.execute(sql::upsert(connection.engine(), kStoreProperties, "cid,user_id,folder_id",
                                 "color,description,is_transparent,is_for_sync"),
                     context, user, folder, properties.color, properties.description,
                     properties.is_transparent, properties.is_for_sync);
}

void erase_properties(Transaction& transaction, FolderId folder) {
  transaction.connection().enqueue(kEraseProperties, transaction.work().context(), folder);
}

std::map<UserId, std::map<FolderId, bool>> transparent_calendars(sql::Connection& connection,
                                                                 ContextId context,
                                                                 std::span<const UserId> users) {
  std::map<UserId, std::map<FolderId, bool>> all;
  for (std::size_t start = 0; start < users.size(); start += sql::kMaxMarks) {
    store::Statement statement;
    statement.add(kTransparentOf, context);
    statement.add_list("user_id", users.subspan(start, std::min(sql::kMaxMarks, users.size() - start)));
    statement.sql += kIsDecided;
    sql::Query query = statement.run(connection);
    while (query.next()) all[query.id<UserId>(0)][query.id<FolderId>(1)] = query.integer(2) != 0;
  }
  return all;
}

}  // namespace gw::model::calendar
