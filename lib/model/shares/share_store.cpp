#include "model/shares/share_store.hpp"

#include <algorithm>

#include "sql/statement_text.hpp"

namespace gw::model::shares::store {
namespace {

#define GW_SHARE_COLUMNS                                                                                  \
  "user_id,is_link,token_hash,sealed_token,mail_fold,module,folder,item,with_subfolders,meta,created_by," \
  "created,last_modified,last_use"

constexpr std::string_view kInsert =
    "INSERT INTO shares (cid," GW_SHARE_COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kUpdate =
    "UPDATE shares SET token_hash=?,sealed_token=?,with_subfolders=?,meta=?,last_modified=? WHERE cid=? AND "
    "user_id=?";
constexpr std::string_view kTouch = "UPDATE shares SET last_use=? WHERE cid=? AND user_id=?";
constexpr std::string_view kFind = "SELECT " GW_SHARE_COLUMNS " FROM shares WHERE cid=? AND user_id=?";
constexpr std::string_view kFindByToken =
    "SELECT " GW_SHARE_COLUMNS " FROM shares WHERE cid=? AND token_hash=?";
constexpr std::string_view kFindByMail =
    "SELECT " GW_SHARE_COLUMNS " FROM shares WHERE cid=? AND mail_fold=?";
constexpr std::string_view kFindLink =
    "SELECT " GW_SHARE_COLUMNS " FROM shares WHERE cid=? AND folder=? AND item=? AND module=? AND is_link=1";
constexpr std::string_view kList = "SELECT " GW_SHARE_COLUMNS " FROM shares WHERE cid=? AND user_id IN (";
constexpr std::string_view kCount = "SELECT COUNT(*) FROM shares WHERE cid=? AND created_by=? AND is_link=?";
#undef GW_SHARE_COLUMNS

Row read_row(const sql::Query& row) {
  Row share;
  share.guest = row.id<UserId>(0);
  share.is_link = row.integer(1) != 0;
  share.token_hash = row.string(2);
  share.sealed_token = row.string(3);
  share.mail_fold = row.optional_string(4);
  share.target = {static_cast<ObjectModule>(row.integer(5)), row.id<FolderId>(6), row.id<ObjectId>(7)};
  share.with_subfolders = row.integer(8) != 0;
  share.meta = row.optional_string(9);
  share.created_by = row.id<UserId>(10);
  share.created = row.millis(11);
  share.last_modified = row.millis(12);
  share.last_use = row.millis(13);
  return share;
}

std::optional<Row> first(sql::Query row) { return row.next() ? std::optional(read_row(row)) : std::nullopt; }

}  // namespace

void insert(sql::Connection& connection, ContextId context, const Row& row) {
  connection.execute(kInsert, context, row.guest, row.is_link, row.token_hash, row.sealed_token,
                     row.mail_fold, static_cast<int>(row.target.module), row.target.folder, row.target.item,
                     row.with_subfolders, row.meta, row.created_by, row.created, row.last_modified,
                     row.last_use);
}

void update(sql::Connection& connection, ContextId context, const Row& row) {
  connection.execute(kUpdate, row.token_hash, row.sealed_token, row.with_subfolders, row.meta,
                     row.last_modified, context, row.guest);
}

void touch(sql::Connection& connection, ContextId context, UserId guest, Millis now) {
  connection.execute(kTouch, now, context, guest);
}

std::optional<Row> find(sql::Connection& connection, ContextId context, UserId guest) {
  return first(connection.query(kFind, context, guest));
}

std::optional<Row> find_by_token(sql::Connection& connection, ContextId context,
                                 std::string_view token_hash) {
  return first(connection.query(kFindByToken, context, token_hash));
}

std::optional<Row> find_by_mail(sql::Connection& connection, ContextId context, std::string_view mail_fold) {
  return first(connection.query(kFindByMail, context, mail_fold));
}

std::optional<Row> find_link(sql::Connection& connection, ContextId context, const Target& target) {
  // A file keeps its link when it is moved: the folder of a file's target is not compared.
  const FolderId folder = target.item ? FolderId() : target.folder;
  return first(connection.query(kFindLink, context, folder, target.item, static_cast<int>(target.module)));
}

std::vector<Row> list(sql::Connection& connection, ContextId context, std::span<const UserId> users) {
  std::vector<Row> found;
  sql::each_slice(users, [&](std::span<const UserId> slice) {
    sql::StatementText statement;
    statement.add(kList, context);
    statement.add_marks(slice);
    statement.add(" ORDER BY user_id");
    sql::Query row = statement.run(connection);
    while (row.next()) found.push_back(read_row(row));
  });
  return found;
}

std::int64_t count_created_by(sql::Connection& connection, ContextId context, UserId user, bool is_link) {
  sql::Query row = connection.query(kCount, context, user, is_link);
  return row.next() ? row.integer(0) : 0;
}

}  // namespace gw::model::shares::store
