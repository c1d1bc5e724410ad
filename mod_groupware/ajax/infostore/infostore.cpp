// Module `infostore`: single items and names, telling of shares, and the table of all its actions.
#include "ajax/infostore/infostore.hpp"

#include <algorithm>
#include <vector>

#include "ajax/delivery/document_delivery.hpp"
#include "ajax/infostore/infostore_actions.hpp"
#include "ajax/infostore/infostore_input.hpp"
#include "ajax/share/share_mail.hpp"
#include "core/errors/infostore.hpp"
#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

namespace infostore = model::infostore;

Response get(Invocation& invocation) {
  const std::int64_t version = invocation.arguments.integer("version", infostore::kCurrentVersion);
  return answer_item(invocation, infostore::get(invocation.work, asked_item(invocation), version));
}

/// Tells those who have an entry on the file already.
Response notify(Invocation& invocation) {
  const Json entities = invocation.body.get("entities");
  if (!entities.is_array()) throw ApiError(errors::svl::kMissing, {"entities"});
  const NoticeWish notice = read_notice_wish(invocation.body);
  const infostore::Item item = infostore::get(invocation.work, asked_item(invocation));
  if (!item.shareable) throw ApiError(errors::ifo::kNoWrite);
  std::vector<infostore::ObjectPermission> told;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const std::int64_t entity = entities.at(i).to_integer().value_or(-1);
    const auto entry =
        std::find_if(item.object_permissions.begin(), item.object_permissions.end(),
                     [&](const infostore::ObjectPermission& each) { return each.entity == entity; });
    if (entry == item.object_permissions.end())
      throw ApiError(errors::ifo::kInvalid, {"entities", entities.at(i).to_text().value_or("")});
    told.push_back(*entry);
  }
  return answer_told(invocation, tell_of_item(invocation, item, told, notice.message));
}

Response check_name(Invocation& invocation) {
  infostore::check_name(invocation.arguments.text("name"));
  return Response::with_data(Json::object());
}

// Parameters that several tables share; those that are only hints have no effect.
#define GW_ROWS \
  {"columns", Type::List, true}, { "pregenerate_previews", Type::Boolean }
#define GW_SORT \
  {"sort", Type::Integer}, { "order" }
#define GW_ITEM \
  {"id", Type::Id, true}, { "folder" }
#define GW_WRITE                                                           \
  {"extendedResponse", Type::Boolean}, {"try_add_version", Type::Boolean}, \
      {"ignoreWarnings", Type::Boolean}, {"offset", Type::Integer}, {      \
    "pushToken"                                                            \
  }
constexpr Parameter kAll[] = {GW_ROWS,
                              GW_SORT,
                              {"folder", Type::Id, true},
                              {"left_hand_limit", Type::Integer},
                              {"right_hand_limit", Type::Integer},
                              {"limit"}};
constexpr Parameter kList[] = {GW_ROWS};
constexpr Parameter kUpdates[] = {
    GW_ROWS, GW_SORT, {"folder", Type::Id, true}, {"timestamp", Type::Timestamp}, {"ignore"}};
constexpr Parameter kSearch[] = {GW_ROWS,   GW_SORT, {"folder"}, {"includeSubfolders", Type::Boolean},
                                 {"start"}, {"end"}, {"limit"}};
constexpr Parameter kShares[] = {GW_ROWS, GW_SORT};
constexpr Parameter kVersions[] = {GW_ROWS, GW_SORT, GW_ITEM};
constexpr Parameter kGetItem[] = {{"id", Type::Id, true}, {"folder", Type::Id, true}, {"version"}};
constexpr Parameter kNotify[] = {GW_ITEM};
constexpr Parameter kName[] = {{"name", Type::Text, true}};
constexpr Parameter kNew[] = {GW_WRITE};
constexpr Parameter kUpdate[] = {GW_ITEM, GW_WRITE, {"timestamp", Type::Timestamp, true}};
constexpr Parameter kCopy[] = {GW_ITEM, GW_WRITE, {"timestamp", Type::Timestamp}};
constexpr Parameter kUpload[] = {GW_WRITE,        {"binary", Type::Boolean},
                                 {"id"},          {"timestamp", Type::Timestamp},
                                 {"folder_id"},   {"title"},
                                 {"filename"},    {"file_mimetype"},
                                 {"file_md5sum"}, {"file_size"},
                                 {"description"}, {"url"},
                                 {"version"},     {"version_comment"},
                                 {"categories"},  {"color_label"}};
constexpr Parameter kMoveOne[] = {
    {"id", Type::Id, true}, {"folder", Type::Id, true}, {"timestamp", Type::Timestamp, true}, {"pushToken"}};
constexpr Parameter kMove[] = {{"folder", Type::Id, true}, {"timestamp", Type::Timestamp}, {"pushToken"}};
constexpr Parameter kDelete[] = {
    {"timestamp", Type::Timestamp, true}, {"hardDelete", Type::Boolean}, {"pushToken"}};
constexpr Parameter kRestore[] = {{"pushToken"}};
constexpr Parameter kVersionChange[] = {GW_ITEM, {"timestamp", Type::Timestamp, true}, {"pushToken"}};
constexpr Parameter kLock[] = {GW_ITEM, {"diff", Type::Integer}, {"pushToken"}};
constexpr Parameter kDocument[] = {{"id", Type::Id, true}, {"folder"}, {"version"}, GW_DOCUMENT};
constexpr Parameter kSaveAs[] = {GW_WRITE,
                                 {"attached", Type::Id, true},
                                 {"folder", Type::Id, true},
                                 {"module", Type::Integer, true},
                                 {"attachment", Type::Id, true}};
constexpr Parameter kZipFolder[] = {
    {"folder", Type::Id, true}, {"recursive", Type::Boolean}, {"scan", Type::Boolean}};
// `scan` is taken and has no effect, as everywhere: this server runs no virus scanner (docs/directives.md,
// "Files").
constexpr Parameter kZipDocuments[] = {{"body"}, {"scan", Type::Boolean}};
#undef GW_ROWS
#undef GW_SORT
#undef GW_ITEM
#undef GW_WRITE

using infostore_actions::kModule;
constexpr unsigned kWrites = kBody | kSerial;
constexpr unsigned kUploads = ajax::kUpload | kSerial | kNotInMultiple;

namespace action = infostore_actions;
constexpr Action kInfostoreActions[] = {
    {"all", kGet, action::all, 0, kAll, kModule},
    {"checkname", kGet, check_name, 0, kName, kModule},
    {"copy", kPut, action::copy, kWrites, kCopy, kModule},
    {"copy", kPost, action::copy, kUploads, kCopy, kModule},
    {"delete", kPut, action::remove, kWrites, kDelete, kModule},
    {"detach", kPut, action::detach, kWrites, kVersionChange, kModule},
    {"document", kGet, action::document, kDownloads, kDocument, kModule},
    {"get", kGet, get, 0, kGetItem, kModule},
    {"list", kPut, action::list, kBody, kList, kModule},
    {"lock", kGet | kPut, action::lock, kSerial, kLock, kModule},
    {"move", kGet, action::move_one, kSerial, kMoveOne, kModule},
    {"move", kPut, action::move, kWrites, kMove, kModule},
    {"new", kPut, action::create, kWrites, kNew, kModule},
    {"new", kPost, action::create, kUploads, kNew, kModule},
    {"notify", kPut, notify, kBody, kNotify, kModule},
    {"restore", kPut, action::restore, kWrites, kRestore, kModule},
    {"revert", kPut | kGet, action::revert, kSerial, kVersionChange, kModule},
    {"saveAs", kPut, action::save_as, kWrites, kSaveAs, kModule},
    {"search", kPut, action::search, kBody, kSearch, kModule},
    {"shares", kGet, action::shares, 0, kShares, kModule},
    {"unlock", kGet | kPut, action::unlock, kSerial, kLock, kModule},
    {"update", kPut, action::update, kWrites, kUpdate, kModule},
    {"update", kPost, action::update, kUploads, kUpdate, kModule},
    {"updates", kGet, action::updates, 0, kUpdates, kModule},
    {"upload", kPut, action::upload, kStreamedBody | kSerial | kNotInMultiple, kUpload, kModule},
    {"versions", kGet, action::versions, 0, kVersions, kModule},
    {"zipdocuments", kPut | kPost, action::zip_documents, kDownloads, kZipDocuments, kModule},
    {"zipfolder", kGet, action::zip_folder, kDownloads, kZipFolder, kModule},
};

}  // namespace

// A file name may follow the module in the path of a download; it is only a hint for the browser.
const ApiModule kInfostoreModule{.path = "infostore", .actions = kInfostoreActions, .takes_path = true};
const ApiModule kFilesModule{.path = "files", .actions = kInfostoreActions, .takes_path = true};

}  // namespace gw::ajax
