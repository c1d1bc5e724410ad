// notify and checklimits: what a client asks beside the tree itself. Source: spec folders section 10.
#include <algorithm>

#include "ajax/envelope.hpp"
#include "ajax/folders/folders_actions.hpp"
#include "ajax/folders/folders_json.hpp"
#include "ajax/share/share_mail.hpp"
#include "core/errors/folder.hpp"
#include "core/errors/infostore.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/upload.hpp"
#include "core/text.hpp"
#include "model/quotas/quota_service.hpp"

namespace gw::ajax::folder_actions {
namespace {

namespace folders = model::folders;
constexpr std::size_t kMaxFiles = 10'000;

struct PlannedFile {
  std::string name;
  std::int64_t size = 0;
};

std::vector<PlannedFile> parse_files(const Json& body) {
  const Json list = body.get("files");
  if (!list.is_array() || list.size() > kMaxFiles) throw ApiError(errors::fld::kBadField, {"files"});
  std::vector<PlannedFile> files;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json file = list.at(i);
    const auto size = file.get("size").to_integer();
    if (!size || *size < 0) throw ApiError(errors::fld::kBadField, {"files.size"});
    files.push_back({file.get("name").to_text().value_or(""), *size});
  }
  return files;
}

/// The bytes that all files may need together; empty when there is no limit.
std::optional<std::int64_t> room_left(Invocation& invocation, bool is_file_storage) {
  if (!is_file_storage) return std::nullopt;
  const auto quota = model::quotas::file_quota(invocation.work);
  if (!quota.byte_limit || *quota.byte_limit < 0) return std::nullopt;
  return std::max<std::int64_t>(0, *quota.byte_limit - quota.byte_use);
}

Json error_object(const Invocation& invocation, const ErrorCode& code,
                  const std::vector<std::string>& arguments) {
  return make_error_members(code, arguments, invocation.caller().locale, next_error_id());
}

}  // namespace

Response notify(Invocation& invocation) {
  const Json entities = invocation.body.get("entities");
  if (!entities.is_array()) throw ApiError(errors::fld::kBadField, {"entities"});
  const NoticeWish notice = read_notice_wish(invocation.body);
  folders::Tree tree(invocation.work, parse_tree_view(invocation));
  std::vector<folders::Node> nodes{tree.get(invocation.arguments.text("id"))};
  tree.complete(nodes, {.permissions = true});
  const folders::Node& node = nodes.front();
  const std::string id = node.id.value_or("");
  if (!node.rights.admin) throw ApiError(errors::fld::kNoAdmin, {id});
  std::vector<ToldEntity> told;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const std::int64_t entity = entities.at(i).to_integer().value_or(-1);
    const auto entry =
        std::find_if(node.permissions.begin(), node.permissions.end(),
                     [&](const model::PermissionEntry& each) { return each.entity == entity; });
    if (entry == node.permissions.end())
      throw ApiError(errors::fld::kBadEntity, {entities.at(i).to_text().value_or("")});
    told.push_back({entity, entry->is_group});
  }
  const SharedThing thing{{node.module, node.stored, {}}, node.title.value_or("")};
  return answer_told(invocation, tell_entities(invocation, thing, told, notice.message));
}

Response check_limits(Invocation& invocation) {
  const std::string type(invocation.arguments.text("type"));
  if (type != "filestorage" && type != "pim") throw ApiError(errors::fld::kBadParameter, {"type"});
  folders::Tree tree(invocation.work, {});
  tree.get(invocation.arguments.text("id"));
  const auto files = parse_files(invocation.body);
  const std::int64_t limit = invocation.work.settings().limits.upload;
  Json found = Json::array();
  std::int64_t total = 0;
  for (const PlannedFile& file : files) {
    if (limit > 0 && file.size > limit)
      found.append(error_object(invocation, errors::upl::kTooLarge, {file.name, std::to_string(limit)}));
    total += std::min(file.size, std::int64_t{1} << 40);
  }
  const auto room = room_left(invocation, type == "filestorage");
  if (room && total > *room)
    found.append(error_object(invocation, errors::fls::kQuota, {std::to_string(*room)}));
  Json data = Json::object();
  if (found.size() > 0) data.set("errors", std::move(found));
  return Response::with_data(std::move(data));
}

}  // namespace gw::ajax::folder_actions
