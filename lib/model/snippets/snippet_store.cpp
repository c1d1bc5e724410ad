#include "model/snippets/snippet_store.hpp"

namespace gw::model::snippets {
namespace {

#define GW_SNIPPET_COLUMNS "id,user_id,changed,account,display_name,type,module,shared,content,misc,props"
constexpr std::string_view kFindSnippet = "SELECT " GW_SNIPPET_COLUMNS " FROM snippets WHERE cid=? AND id=?";
constexpr std::string_view kListSnippets =
    "SELECT " GW_SNIPPET_COLUMNS " FROM snippets WHERE cid=? AND (user_id=? OR shared=1) ORDER BY id";
#undef GW_SNIPPET_COLUMNS
constexpr std::string_view kCountSnippets = "SELECT COUNT(*) FROM snippets WHERE cid=? AND user_id=?";
constexpr std::string_view kInsertSnippet =
    "INSERT INTO snippets "
    "(cid,id,user_id,changed,account,display_name,type,module,shared,content,misc,props) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kUpdateSnippet =
    "UPDATE snippets SET changed=?, account=?, display_name=?, type=?, module=?, shared=?, content=?, "
    "misc=?, "
    "props=? WHERE cid=? AND id=?";
constexpr std::string_view kDeleteSnippet = "DELETE FROM snippets WHERE cid=? AND id=?";
constexpr std::string_view kSnippetFiles =
    "SELECT id,position,name,mimetype,content_id,file_id,file_size FROM snippet_attachments WHERE cid=? AND "
    "snippet=? ORDER BY position,id";
constexpr std::string_view kInsertFile =
    "INSERT INTO snippet_attachments (cid,snippet,id,user_id,position,name,mimetype,content_id,file_id,"
    "file_size) VALUES (?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kDeleteFile = "DELETE FROM snippet_attachments WHERE cid=? AND snippet=? AND id=?";
constexpr std::string_view kDeleteFiles = "DELETE FROM snippet_attachments WHERE cid=? AND snippet=?";
constexpr std::string_view kFilesOfUser =
    "SELECT file_id,file_size FROM snippet_attachments WHERE cid=? AND user_id=?";

Json parse_free(std::string_view text) {
  auto parsed = Json::parse(text);
  return parsed ? std::move(*parsed) : Json();
}

std::string write_free(const Json& value) { return value.is_missing() ? std::string() : value.dump(); }

Snippet read_snippet(const sql::Query& row) {
  Snippet snippet;
  snippet.id = row.integer(0);
  snippet.owner = row.id<UserId>(1);
  snippet.changed = row.millis(2);
  snippet.account = row.optional_integer(3);
  snippet.display_name = row.string(4);
  snippet.type = row.string(5);
  snippet.module = row.string(6);
  snippet.is_shared = row.integer(7) != 0;
  snippet.content = row.string(8);
  snippet.misc = parse_free(row.text(9));
  snippet.props = parse_free(row.text(10));
  return snippet;
}

void load_files(sql::Connection& connection, ContextId context, Snippet& snippet) {
  sql::Query row = connection.query(kSnippetFiles, context, snippet.id);
  while (row.next())
    snippet.attachments.push_back({row.string(0),
                                   row.integer(1),
                                   row.string(2),
                                   row.string(3),
                                   row.string(4),
                                   {files::kContextFiles, row.string(5), row.integer(6)}});
}

}  // namespace

std::optional<Snippet> find_snippet(sql::Connection& connection, ContextId context, std::int64_t id) {
  std::optional<Snippet> found;
  {
    sql::Query row = connection.query(kFindSnippet, context, id);
    if (row.next()) found = read_snippet(row);
  }
  if (found) load_files(connection, context, *found);
  return found;
}

std::vector<Snippet> list_snippets(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<Snippet> snippets;
  {
    sql::Query row = connection.query(kListSnippets, context, user);
    while (row.next()) snippets.push_back(read_snippet(row));
  }
  for (Snippet& each : snippets) load_files(connection, context, each);
  return snippets;
}

std::int64_t count_snippets(sql::Connection& connection, ContextId context, UserId user) {
  sql::Query row = connection.query(kCountSnippets, context, user);
  return row.next() ? row.integer(0) : 0;
}

void insert_snippet(sql::Connection& connection, ContextId context, const Snippet& snippet) {
  connection.execute(kInsertSnippet, context, snippet.id, snippet.owner, snippet.changed, snippet.account,
                     snippet.display_name, snippet.type, snippet.module, snippet.is_shared, snippet.content,
                     write_free(snippet.misc), write_free(snippet.props));
}

void update_snippet(sql::Connection& connection, ContextId context, const Snippet& snippet) {
  connection.execute(kUpdateSnippet, snippet.changed, snippet.account, snippet.display_name, snippet.type,
                     snippet.module, snippet.is_shared, snippet.content, write_free(snippet.misc),
                     write_free(snippet.props), context, snippet.id);
}

void delete_snippet(sql::Connection& connection, ContextId context, std::int64_t id) {
  connection.execute(kDeleteFiles, context, id);
  connection.execute(kDeleteSnippet, context, id);
}

void insert_attachment(sql::Connection& connection, ContextId context, const Snippet& snippet,
                       const Attachment& attachment) {
  connection.execute(kInsertFile, context, snippet.id, attachment.id, snippet.owner, attachment.position,
                     attachment.name, attachment.media_type, attachment.content_id, attachment.file.id,
                     attachment.file.size);
}

void delete_attachment(sql::Connection& connection, ContextId context, std::int64_t snippet,
                       std::string_view id) {
  connection.execute(kDeleteFile, context, snippet, id);
}

std::vector<files::FileName> files_of_user(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<files::FileName> found;
  sql::Query row = connection.query(kFilesOfUser, context, user);
  while (row.next()) found.push_back({files::kContextFiles, row.string(0), row.integer(1)});
  return found;
}

}  // namespace gw::model::snippets
