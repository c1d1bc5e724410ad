// The field table of folders. Nothing here reads the database: the tree fills nodes, this writes them.
#include "core/text.hpp"
#include "model/folders/node.hpp"

namespace gw::model::folders {
namespace {

Json write_module(const Node& node) {
  return Json::string(node.is_event_calendar ? std::string_view("event") : module_name(node.module));
}
Json write_provider(const Node& node) {
  return node.is_event_calendar ? Json::string(node.calendar_provider) : Json();
}
Json write_calendar_properties(const Node& node) { return node.calendar_properties; }
Json write_calendar_config(const Node& node) { return node.calendar_config; }

Json write_meta(const Node& node) {
  if (!node.meta) return {};
  auto parsed = Json::parse(*node.meta);
  return parsed ? std::move(*parsed) : Json();
}

Json write_permissions(const Node& node) {
  if (!node.knows_permissions) return {};
  Json list = Json::array();
  for (const PermissionEntry& entry : node.permissions)
    list.append(Json::object()
                    .set("bits", Json::integer(to_bits(entry.rights)))
                    .set("entity", Json::integer(entry.entity))
                    .set("group", Json::boolean(entry.is_group)));
  return list;
}

Json write_supported(const Node& node) {
  Json list = Json::array();
  for (const std::string& name : node.supported) list.append(Json::string(name));
  return list;
}

Json write_extended(const Node& node) { return node.extended_permissions; }
Json write_false(const Node&) { return Json::boolean(false); }

constexpr FieldCodec<Node> kModule{write_module};
constexpr FieldCodec<Node> kProvider{write_provider};
constexpr FieldCodec<Node> kCalendarProperties{write_calendar_properties};
constexpr FieldCodec<Node> kCalendarConfig{write_calendar_config};
constexpr FieldCodec<Node> kMeta{write_meta};
constexpr FieldCodec<Node> kPermissions{write_permissions};
constexpr FieldCodec<Node> kSupported{write_supported};
constexpr FieldCodec<Node> kExtended{write_extended};
constexpr FieldCodec<Node> kFalse{write_false};
constexpr unsigned kComputed = kReadOnly | kNotStored;

constexpr Field<Node> kTable[] = {
    {1, "id", "", &Node::id, kComputed},
    {2, "created_by", "", &Node::created_by, kComputed},
    {3, "modified_by", "", &Node::modified_by, kComputed},
    {4, "creation_date", "", &Node::created, kComputed, 0, Wire::Time},
    {5, "last_modified", "", &Node::last_modified, kComputed, 0, Wire::Time},
    {6, "last_modified_utc", "", &Node::last_modified, kComputed, 0, Wire::Timestamp},
    {20, "folder_id", "", &Node::parent, kNotStored},
    {23, "meta", "", &Node::meta, kNotStored, 0, Wire::Plain, &kMeta},
    {300, "title", "", &Node::title, kNotStored, static_cast<int>(kMaxTitle)},
    {301, "module", "", &Node::type, kNotStored, 0, Wire::Plain, &kModule},
    {302, "type", "", &Node::type, kComputed},
    {304, "subfolders", "", &Node::has_subfolders, kComputed},
    {305, "own_rights", "", &Node::own_bits, kComputed},
    {306, "permissions", "", &Node::own_bits, kNotStored, 0, Wire::Plain, &kPermissions},
    {307, "summary", "", &Node::summary, kComputed},
    {308, "standard_folder", "", &Node::is_standard, kComputed},
    {309, "total", "", &Node::total, kComputed},
    {310, "new", "", &Node::recent, kComputed},
    {311, "unread", "", &Node::unread, kComputed},
    {312, "deleted", "", &Node::deleted, kComputed},
    {313, "capabilities", "", &Node::capabilities, kComputed},
    {314, "subscribed", "", &Node::is_subscribed, kNotStored},
    {315, "subscr_subflds", "", &Node::has_subscribed_subfolders, kComputed},
    {316, "standard_folder_type", "", &Node::standard_type, kComputed},
    {317, "supported_capabilities", "", &Node::own_bits, kComputed, 0, Wire::Plain, &kSupported},
    {318, "account_id", "", &Node::account, kComputed},
    {3010, "com.openexchange.publish.publicationFlag", "", &Node::own_bits, kComputed, 0, Wire::Plain,
     &kFalse},
    {3020, "com.openexchange.subscribe.subscriptionFlag", "", &Node::own_bits, kComputed, 0, Wire::Plain,
     &kFalse},
    {3030, "com.openexchange.folderstorage.displayName", "", &Node::owner_name, kComputed},
    {3060, "com.openexchange.share.extendedPermissions", "", &Node::own_bits, kComputed, 0, Wire::Plain,
     &kExtended},
    {3203, "com.openexchange.calendar.provider", "", &Node::own_bits, kComputed, 0, Wire::Plain, &kProvider},
    {3204, "com.openexchange.calendar.extendedProperties", "", &Node::own_bits, kNotStored, 0, Wire::Plain,
     &kCalendarProperties},
    {3205, "com.openexchange.calendar.config", "", &Node::own_bits, kNotStored, 0, Wire::Plain,
     &kCalendarConfig},
};
static_assert(is_consistent(kTable));

struct ModuleName {
  ObjectModule module;
  std::string_view name;
};
// Source: spec folders section 4. The first name of a module is the one in answers.
constexpr ModuleName kModuleNames[] = {
    {ObjectModule::Task, "tasks"},          {ObjectModule::Calendar, "calendar"},
    {ObjectModule::Calendar, "event"},      {ObjectModule::Contact, "contacts"},
    {ObjectModule::System, "system"},       {ObjectModule::Mail, "mail"},
    {ObjectModule::Infostore, "infostore"},
};

}  // namespace

std::span<const Field<Node>> folder_fields() { return kTable; }

std::string_view module_name(ObjectModule module) {
  for (const ModuleName& row : kModuleNames)
    if (row.module == module) return row.name;
  return "unbound";
}

std::optional<ObjectModule> parse_module(std::string_view text) {
  const std::string wanted = to_lower_ascii(trim(text));
  const auto number = parse_integer(wanted);
  for (const ModuleName& row : kModuleNames)
    if (row.name == wanted || (number && *number == static_cast<int>(row.module))) return row.module;
  return std::nullopt;
}

}  // namespace gw::model::folders
