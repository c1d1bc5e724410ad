#include "ajax/folders/folders_json.hpp"

#include <algorithm>

#include "ajax/chronos/all_calendars.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/mail/mail_tree.hpp"
#include "ajax/share/share_address.hpp"
#include "ajax/share/share_management.hpp"
#include "core/errors/folder.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/folders/account_folders.hpp"
#include "model/folders/own_rights.hpp"
#include "model/shares/invitation.hpp"

namespace gw::ajax {
namespace {

namespace folders = model::folders;
using model::ObjectModule;

constexpr std::size_t kMaxIds = 10'000;

[[noreturn]] void refuse(std::string_view member) {
  throw ApiError(errors::fld::kBadField, {std::string(member)});
}

std::string required_text(const Json& value, const char* member) {
  const auto text = value.to_text();
  if (!text) refuse(member);
  return *text;
}

model::Rights parse_rights(const Json& value) {
  const auto bits = value.get("bits").to_integer();
  if (!bits)
    throw ApiError(errors::fld::kBadBits, {value.get("bits").is_missing() ? "" : value.get("bits").dump()});
  const auto rights = model::rights_from_bits(*bits);
  if (!rights) throw ApiError(errors::fld::kBadBits, {std::to_string(*bits)});
  return *rights;
}

model::PermissionEntry parse_permission(const Json& value) {
  const Json type = value.get("type");
  const auto entity = value.get("entity").to_integer();
  if (!entity) refuse("permissions.entity");
  const Json group = value.get("group");
  const bool is_group = group.is_missing() || group.is_null() ? type.as_string() == "group"
                                                              : group.to_boolean().value_or(false);
  return {*entity, is_group, parse_rights(value)};
}

void parse_permissions(const Json& value, folders::FolderChange& change) {
  if (!value.is_array()) refuse("permissions");
  if (value.size() > folders::kMaxPermissions)
    throw ApiError(errors::fld::kInvalidData, {"too many permission entries"});
  change.permissions.emplace();
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Json entry = value.at(i);
    if (!entry.is_object()) refuse("permissions");
    if (auto guest = model::shares::parse_invitation(entry))
      change.invitations.push_back({std::move(*guest), parse_rights(entry)});
    else
      change.permissions->push_back(parse_permission(entry));
  }
}

ObjectModule parse_folder_module(const Json& value) {
  const std::string text = required_text(value, "module");
  const auto module = folders::parse_module(text);
  if (!module) throw ApiError(errors::fld::kUnknownModule, {text});
  return *module;
}

/// Calendars of feeds and of other services are made by making a folder.
void parse_calendar(const Json& folder, FolderBody& body) {
  body.provider = folder.get("com.openexchange.calendar.provider").as_string();
  body.calendar.title = body.change.title;
  body.calendar.is_subscribed = body.change.subscribed;
  body.calendar.config = folder.get("com.openexchange.calendar.config");
  body.calendar.properties = folder.get("com.openexchange.calendar.extendedProperties");
}

std::optional<std::string> parse_meta(const Json& value) {
  if (value.is_null() || (value.is_string() && value.as_string().empty())) return std::nullopt;
  if (!value.is_object()) refuse("meta");
  return value.dump();
}

folders::FolderChange parse_change(const Json& source) {
  folders::FolderChange change;
  if (const Json title = source.get("title"); !title.is_missing())
    change.title = title.is_null() ? std::string() : required_text(title, "title");
  if (const Json parent = source.get("folder_id"); !parent.is_missing() && !parent.is_null())
    change.parent = required_text(parent, "folder_id");
  if (const Json module = source.get("module"); !module.is_missing() && !module.is_null())
    change.module = parse_folder_module(module);
  if (const Json permissions = source.get("permissions"); !permissions.is_missing() && !permissions.is_null())
    parse_permissions(permissions, change);
  if (const Json subscribed = source.get("subscribed"); !subscribed.is_missing() && !subscribed.is_null()) {
    const auto flag = subscribed.to_boolean();
    if (!flag) refuse("subscribed");
    change.subscribed = *flag;
  }
  if (const Json meta = source.get("meta"); !meta.is_missing()) change.meta = parse_meta(meta);
  return change;
}

}  // namespace

std::vector<std::string> parse_folder_ids(const Json& body) {
  if (!body.is_array() || body.size() > kMaxIds)
    throw ApiError(errors::svl::kBodyType, {"an array of folder ids"});
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto id = body.at(i).to_text();
    if (!id) throw ApiError(errors::svl::kBodyType, {"an array of folder ids"});
    ids.push_back(*id);
  }
  return ids;
}

FolderBody parse_folder_body(const Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::fld::kBadJson, {"an object is expected"});
  const Json wrapped = body.get("folder");
  if (!wrapped.is_missing() && !wrapped.is_object())
    throw ApiError(errors::fld::kBadJson, {"folder is no object"});
  const Json folder = wrapped.is_missing() ? body : wrapped;
  FolderBody parsed;
  parsed.change = parse_change(folder);
  parse_calendar(folder, parsed);
  parsed.is_event_calendar = asks_for_events(folder.get("module").as_string());
  hash_passwords(invocation, parsed.change.invitations);
  parsed.notice = read_notice_wish(body);
  return parsed;
}

folders::TreeView parse_tree_view(const Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  folders::TreeView view;
  const std::string_view tree = trim(arguments.text("tree", "0"));
  if (tree != "0" && tree != "1" && !tree.empty())
    throw ApiError(errors::fld::kUnknownTree, {std::string(tree)});
  view.tree = tree == "1" ? 1 : 0;
  view.locale = arguments.text("language");
  if (view.locale.empty()) view.locale = invocation.caller().locale;
  view.share_base = share_base(invocation.request);
  view.new_names = arguments.boolean("altNames");
  for (const std::string_view part : split(arguments.text("allowed_modules"), ',')) {
    if (part.empty()) continue;
    const auto module = folders::parse_module(part);
    if (!module) throw ApiError(errors::fld::kUnknownContentType, {std::string(part)});
    view.allowed.push_back(*module);
  }
  return view;
}

ObjectModule parse_content_type(const Invocation& invocation) {
  const std::string text(invocation.arguments.text("content_type"));
  const auto module = folders::parse_module(text);
  if (!module) throw ApiError(errors::fld::kUnknownContentType, {text});
  const std::string name(folders::module_name(*module));
  if (!folders::may_use(invocation.caller().modules, *module))
    throw ApiError(errors::fld::kNoModuleAccess, {name});
  const bool lacks_mail = *module == ObjectModule::Mail && !offers_mail(invocation);
  if (lacks_mail || *module == ObjectModule::System) throw ApiError(errors::fld::kNoStorageForModule, {name});
  return *module;
}

bool asks_for_events(std::string_view id_or_type) {
  return trim(id_or_type) == "event" || is_calendar_id(id_or_type);
}

void show_as_event_calendars(Invocation& invocation, std::vector<folders::Node>& nodes) {
  calendars_of(invocation).describe(invocation.work, nodes);
  for (folders::Node& node : nodes) {
    if (node.module != ObjectModule::Calendar || node.stored.value < folders::kFirstOrdinaryId) continue;
    node.id = format_calendar_id(node.stored);
    node.is_event_calendar = true;
  }
}

void drop_account_calendars(std::vector<folders::Node>& nodes) {
  std::erase_if(nodes, [](const folders::Node& node) { return folders::is_account_folder(node.stored); });
}

std::vector<int> folder_columns(const Invocation& invocation) {
  return model::parse_column_numbers(invocation.arguments.text("columns"));
}

Json write_folder_rows(const Invocation& invocation, const std::vector<folders::Node>& nodes) {
  const auto columns = model::parse_columns(invocation.arguments.text("columns"), folders::folder_fields());
  Json rows = Json::array();
  for (const folders::Node& node : nodes)
    rows.append(model::write_row(node, folders::folder_fields(), columns, invocation.format));
  return rows;
}

Json write_folder_rows(Invocation& invocation, folders::Tree& tree, std::vector<folders::Node>& nodes) {
  tree.complete(nodes, folders::Wanted::from_columns(folder_columns(invocation)));
  return write_folder_rows(invocation, nodes);
}

Millis newest_of(Invocation& invocation, const std::vector<folders::Node>& nodes) {
  if (nodes.empty()) return model::last_stamp(invocation.work.connection(), invocation.work.context());
  Millis newest;
  for (const folders::Node& node : nodes) newest = std::max(newest, node.last_modified);
  return newest;
}

}  // namespace gw::ajax
