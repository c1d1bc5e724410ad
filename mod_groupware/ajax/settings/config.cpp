// Module `config`: the tree of server and user settings. Source: spec settings section 2.
#include "ajax/settings/config.hpp"

#include "core/errors/account.hpp"
#include "core/errors/servlet.hpp"
#include "model/settings/config_tree.hpp"

namespace gw::ajax {
namespace {

using model::settings::read_config;
using model::settings::write_config;

std::string_view tree_path(const Request& request) {
  std::string_view path = request.path;
  path.remove_prefix(std::min(path.size(), kConfigModule.path.size()));
  return path;
}

/// The raw JSON text of a value, or an object whose only member is `data`. Text that is no JSON is a string.
Json body_value(const Invocation& invocation) {
  if (!invocation.body.is_missing()) return invocation.body;
  const std::string& text = invocation.request.body;
  if (text.empty()) throw ApiError(errors::svl::kBodyMissing);
  auto parsed = Json::parse(text);
  if (!parsed) return Json::string(text);
  if (parsed->is_object() && parsed->size() == 1 && !parsed->get("data").is_missing())
    return parsed->get("data");
  return std::move(*parsed);
}

Response get_node(Invocation& invocation) {
  return Response::with_data(read_config(invocation.work, tree_path(invocation.request)));
}

Response put_node(Invocation& invocation) {
  write_config(invocation.work, tree_path(invocation.request), body_value(invocation));
  return Response::empty_data();
}

struct PublicProperty {
  std::string_view name;
  Json (*value)(const Settings& settings);
};

/// Operator properties that clients may read; none may be written over the API.
constexpr PublicProperty kProperties[] = {
    {"com.openexchange.contact.maxImageSize",
     [](const Settings& s) { return Json::integer(s.limits.contact_image); }},
    {"com.openexchange.contact.singleFolderSearch", [](const Settings&) { return Json::boolean(false); }},
    {"com.openexchange.MinimumSearchCharacters",
     [](const Settings& s) { return Json::integer(s.limits.minimum_search_characters); }},
    {"com.openexchange.sessiond.autologin",
     [](const Settings& s) { return Json::boolean(s.session.autologin); }},
    {"MAX_UPLOAD_SIZE", [](const Settings& s) { return Json::integer(s.limits.upload); }},
};

Response get_property(Invocation& invocation) {
  const std::string_view name = invocation.arguments.text("name");
  for (const PublicProperty& property : kProperties) {
    if (property.name != name) continue;
    Json data = Json::object();
    data.set("name", Json::string(name));
    data.set("value", property.value(invocation.work.settings()));
    return Response::with_data(std::move(data));
  }
  throw ApiError(errors::svl::kBadParameter, {"name", std::string(name)});
}

Response set_property(Invocation&) { throw ApiError(errors::usr::kNoPermission); }

constexpr Parameter kName[] = {{"name", Type::Text, true}};

constexpr Action kConfigActions[] = {
    {"GET", kGet, get_node},
    {"PUT", kPut | kPost, put_node, kSerial},
    {"get_property", kGet, get_property, 0, kName},
    {"set_property", kPut, set_property, kBody, kName},
};

}  // namespace

const ApiModule kConfigModule{"config", kConfigActions, true};

}  // namespace gw::ajax
