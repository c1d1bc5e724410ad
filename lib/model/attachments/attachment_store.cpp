#include "model/attachments/attachment_store.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/attachments/attachment_fields.hpp"
#include "model/field_sql.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::attachments::store {
namespace {

/// Marks of one IN list: a few fixed sizes, so that the statement cache sees few texts.

constexpr std::string_view kSelect = "SELECT file_id,";
constexpr std::string_view kOfContext = " FROM attachments WHERE cid=?";
constexpr std::string_view kWithId = " FROM attachments WHERE cid=? AND id=?";
constexpr std::string_view kOfObject = " FROM attachments WHERE cid=? AND module=? AND object=? ORDER BY id";
constexpr std::string_view kOfObjects = " FROM attachments WHERE cid=? AND module=? AND object IN (";
constexpr std::string_view kInsert = "INSERT INTO attachments (cid,file_id,filename_fold,";
constexpr std::string_view kRename = "UPDATE attachments SET file_id=? WHERE cid=? AND id=? AND file_id=?";
constexpr std::string_view kDelete = "DELETE FROM attachments WHERE cid=? AND id=?";
constexpr std::string_view kChangeCreator =
    "UPDATE attachments SET created_by=? WHERE cid=? AND created_by=?";
constexpr std::string_view kCount = "SELECT COUNT(*) FROM attachments WHERE cid=?";

std::string columns() { return select_list(attachment_fields(), stored_fields(attachment_fields())); }

std::string select(std::string_view from) { return std::string(kSelect) + columns() + std::string(from); }

Attachment read(const sql::Query& row) {
  Attachment attachment;
  attachment.file_id = row.string(0);
  read_row(attachment, row, attachment_fields(), stored_fields(attachment_fields()), 1);
  return attachment;
}

std::vector<Attachment> read_all(sql::Query row) {
  std::vector<Attachment> found;
  while (row.next()) found.push_back(read(row));
  return found;
}

}  // namespace

std::vector<Attachment> list_of_object(sql::Connection& connection, ContextId context, ParentModule module,
                                       ObjectId object) {
  return read_all(connection.query(select(kOfObject), context, static_cast<std::int64_t>(module), object));
}

std::vector<Attachment> list_of_objects(sql::Connection& connection, ContextId context, ParentModule module,
                                        std::span<const ObjectId> objects) {
  std::vector<Attachment> found;
  sql::each_slice(objects, [&](std::span<const ObjectId> slice) {
    sql::StatementText statement{select(kOfObjects),
                                 {sql::to_value(context), sql::to_value(static_cast<std::int64_t>(module))}};
    statement.add_marks(slice);
    auto more = read_all(statement.run(connection));
    found.insert(found.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  });
  return found;
}

void scan(sql::Connection& connection, ContextId context,
          const std::function<void(const Attachment&)>& visit) {
  sql::Query row = connection.query(select(kOfContext), context);
  while (row.next()) visit(read(row));
}

std::optional<Attachment> find(sql::Connection& connection, ContextId context, ObjectId id) {
  sql::Query row = connection.query(select(kWithId), context, id);
  return row.next() ? std::optional(read(row)) : std::nullopt;
}

void insert(sql::Connection& connection, ContextId context, const Attachment& attachment) {
  const std::string folded_name = fold(attachment.filename.value_or(""));
  std::vector<sql::Value> values{sql::to_value(context), sql::to_value(attachment.file_id),
                                 sql::to_value(folded_name)};
  for (const Field<Attachment>& field : attachment_fields())
    if (!field.sql.empty()) values.push_back(bind_field(attachment, field));
  connection.execute_values(
      std::string(kInsert) + columns() + ") VALUES (" + sql::placeholders(values.size()) + ")", values);
}

bool rename_file(sql::Connection& connection, ContextId context, ObjectId id, std::string_view old_file,
                 std::string_view new_file) {
  return connection.execute(kRename, new_file, context, id, old_file) > 0;
}

void remove(sql::Connection& connection, ContextId context, ObjectId id) {
  connection.execute(kDelete, context, id);
}

void change_creator(sql::Connection& connection, ContextId context, UserId from, UserId to) {
  connection.execute(kChangeCreator, to, context, from);
}

std::int64_t count_context(sql::Connection& connection, ContextId context) {
  sql::Query row = connection.query(kCount, context);
  return row.next() ? row.integer(0) : 0;
}

}  // namespace gw::model::attachments::store
