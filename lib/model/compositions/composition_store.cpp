#include "model/compositions/composition_store.hpp"

#include <algorithm>
#include <iterator>

namespace gw::model::compositions {
namespace {

#define GW_SPACE_COLUMNS "id,created,changed,message,meta,send_token,send_until,message_id"
constexpr std::string_view kFindSpace =
    "SELECT " GW_SPACE_COLUMNS " FROM composition_spaces WHERE cid=? AND id=? AND user_id=? AND changed>?";
constexpr std::string_view kListSpaces =
    "SELECT " GW_SPACE_COLUMNS
    " FROM composition_spaces WHERE cid=? AND user_id=? AND changed>? ORDER BY changed DESC,id";
#undef GW_SPACE_COLUMNS
constexpr std::string_view kCountSpaces =
    "SELECT COUNT(*) FROM composition_spaces WHERE cid=? AND user_id=? AND changed>?";
constexpr std::string_view kInsertSpace =
    "INSERT INTO composition_spaces (cid,id,user_id,created,changed,message,meta,send_token,send_until,"
    "message_id) VALUES (?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kUpdateSpace =
    "UPDATE composition_spaces SET changed=?, message=?, meta=?, message_id=? WHERE cid=? AND id=?";
constexpr std::string_view kUpdateSending =
    "UPDATE composition_spaces SET send_token=?, send_until=? WHERE cid=? AND id=?";
constexpr std::string_view kDeleteSpace = "DELETE FROM composition_spaces WHERE cid=? AND id=?";
constexpr std::string_view kAttachments =
    "SELECT id,position,name,mimetype,content_id,is_inline,origin,source,file_id,file_size FROM "
    "composition_attachments WHERE cid=? AND space=? ORDER BY position,id";
constexpr std::string_view kInsertAttachment =
    "INSERT INTO composition_attachments (cid,space,id,user_id,position,name,mimetype,content_id,is_inline,"
    "origin,source,file_id,file_size) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kDeleteAttachment =
    "DELETE FROM composition_attachments WHERE cid=? AND space=? AND id=?";
constexpr std::string_view kDeleteAttachments = "DELETE FROM composition_attachments WHERE cid=? AND space=?";
constexpr std::string_view kFilesOfUser =
    "SELECT file_id,file_size FROM composition_attachments WHERE cid=? AND user_id=?";
constexpr std::string_view kFilesOfSpace =
    "SELECT file_id,file_size FROM composition_attachments WHERE cid=? AND space=?";
/// Over all contexts on purpose: expiry does not depend on the tenant.
constexpr std::string_view kIdle =
    "SELECT cid,id FROM composition_spaces WHERE changed<=? AND send_until<=? ORDER BY changed LIMIT 100";

constexpr std::string_view kIsIdle =
    "SELECT COUNT(*) FROM composition_spaces WHERE cid=? AND id=? AND changed<=? AND send_until<=?";

constexpr std::string_view kOrigins[] = {"upload", "mail", "drive", "contact", "vcard"};

Json parse_object(std::string_view text) {
  auto parsed = Json::parse(text);
  return parsed && parsed->is_object() ? std::move(*parsed) : Json::object();
}

StoredSpace read_space(const sql::Query& row) {
  StoredSpace stored;
  stored.space = {row.string(0),
                  row.millis(1),
                  row.millis(2),
                  parse_object(row.text(3)),
                  parse_object(row.text(4)),
                  row.string(7),
                  {}};
  stored.sending = {row.string(5), row.millis(6)};
  return stored;
}

void load_attachments(sql::Connection& connection, ContextId context, Space& space) {
  sql::Query row = connection.query(kAttachments, context, space.id);
  while (row.next())
    space.attachments.push_back({row.string(0),
                                 row.integer(1),
                                 row.string(2),
                                 row.string(3),
                                 row.string(4),
                                 row.integer(5) != 0,
                                 parse_origin(row.text(6)),
                                 row.string(7),
                                 {files::kCompositionFiles, row.string(8), row.integer(9)}});
}

std::vector<files::FileName> read_files(sql::Query row) {
  std::vector<files::FileName> found;
  while (row.next()) found.push_back({files::kCompositionFiles, row.string(0), row.integer(1)});
  return found;
}

}  // namespace

std::string_view origin_name(Origin origin) { return kOrigins[static_cast<std::size_t>(origin)]; }

Origin parse_origin(std::string_view name) {
  const auto* const found = std::find(std::begin(kOrigins), std::end(kOrigins), name);
  return found == std::end(kOrigins) ? Origin::Upload
                                     : static_cast<Origin>(std::distance(std::begin(kOrigins), found));
}

std::optional<StoredSpace> find_space(sql::Connection& connection, const SpaceOwner& owner,
                                      std::string_view id) {
  std::optional<StoredSpace> found;
  {
    sql::Query row = connection.query(kFindSpace, owner.context, id, owner.user, owner.since);
    if (row.next()) found = read_space(row);
  }
  if (found) load_attachments(connection, owner.context, found->space);
  return found;
}

std::vector<StoredSpace> list_spaces(sql::Connection& connection, const SpaceOwner& owner) {
  std::vector<StoredSpace> spaces;
  {
    sql::Query row = connection.query(kListSpaces, owner.context, owner.user, owner.since);
    while (row.next()) spaces.push_back(read_space(row));
  }
  for (StoredSpace& each : spaces) load_attachments(connection, owner.context, each.space);
  return spaces;
}

std::int64_t count_spaces(sql::Connection& connection, const SpaceOwner& owner) {
  sql::Query row = connection.query(kCountSpaces, owner.context, owner.user, owner.since);
  return row.next() ? row.integer(0) : 0;
}

void insert_space(sql::Connection& connection, const SpaceOwner& owner, const Space& space) {
  connection.execute(kInsertSpace, owner.context, space.id, owner.user, space.created, space.changed,
                     space.message.dump(), space.meta.dump(), "", 0, space.message_id);
}

void update_space(sql::Connection& connection, ContextId context, const Space& space) {
  connection.execute(kUpdateSpace, space.changed, space.message.dump(), space.meta.dump(), space.message_id,
                     context, space.id);
}

void update_sending(sql::Connection& connection, ContextId context, std::string_view id,
                    const SendState& sending) {
  connection.execute(kUpdateSending, sending.token, sending.until, context, id);
}

void delete_space(sql::Connection& connection, ContextId context, std::string_view id) {
  connection.execute(kDeleteAttachments, context, id);
  connection.execute(kDeleteSpace, context, id);
}

void insert_attachment(sql::Connection& connection, const SpaceOwner& owner, std::string_view space,
                       const Attachment& attachment) {
  connection.execute(kInsertAttachment, owner.context, space, attachment.id, owner.user, attachment.position,
                     attachment.name, attachment.media_type, attachment.content_id, attachment.is_inline,
                     origin_name(attachment.origin), attachment.source, attachment.file.id,
                     attachment.file.size);
}

void delete_attachment(sql::Connection& connection, ContextId context, std::string_view space,
                       std::string_view id) {
  connection.execute(kDeleteAttachment, context, space, id);
}

std::vector<files::FileName> files_of_user(sql::Connection& connection, ContextId context, UserId user) {
  return read_files(connection.query(kFilesOfUser, context, user));
}

std::vector<files::FileName> files_of_space(sql::Connection& connection, ContextId context,
                                            std::string_view space) {
  return read_files(connection.query(kFilesOfSpace, context, space));
}

std::vector<std::pair<ContextId, std::string>> list_idle(sql::Connection& connection, Millis limit,
                                                         Millis now) {
  std::vector<std::pair<ContextId, std::string>> idle;
  sql::Query row = connection.query(kIdle, limit, now);
  while (row.next()) idle.emplace_back(row.id<ContextId>(0), row.string(1));
  return idle;
}

bool is_idle(sql::Connection& connection, ContextId context, std::string_view id, Millis limit, Millis now) {
  sql::Query row = connection.query(kIsIdle, context, id, limit, now);
  return row.next() && row.integer(0) > 0;
}

}  // namespace gw::model::compositions
