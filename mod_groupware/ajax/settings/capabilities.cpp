#include "ajax/settings/capabilities.hpp"

#include "ajax/optional_session.hpp"
#include "model/settings/availability.hpp"

namespace gw::ajax {
namespace {

Json capability(std::string_view id) {
  Json entry = Json::object();
  entry.set("id", Json::string(id));
  entry.set("attributes", Json::object());
  return entry;
}

Response all_capabilities(Invocation& invocation) {
  return Response::with_data(capability_list(invocation, check_optional_session(invocation)));
}

Response get_capability(Invocation& invocation) {
  const Json list = capability_list(invocation, check_optional_session(invocation));
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list.at(i).get("id").as_string() == invocation.arguments.text("id"))
      return Response::with_data(list.at(i));
  return Response::with_data(Json::object());
}

constexpr Parameter kCapability[] = {{"id", Type::Text, true}};

constexpr Action kCapabilitiesActions[] = {
    {"all", kGet, all_capabilities, kNoSession},
    {"get", kGet, get_capability, kNoSession, kCapability},
};

}  // namespace

const ApiModule kCapabilitiesModule{"capabilities", kCapabilitiesActions};

Json capability_list(const Invocation& invocation, bool has_caller) {
  const Settings& settings = invocation.work.settings();
  Json list = Json::array();
  if (!has_caller) {
    if (settings.session.autologin) list.append(capability("autologin"));
    return list;
  }
  for (const std::string& id : model::settings::capabilities(invocation.caller(), settings))
    list.append(capability(id));
  return list;
}

}  // namespace gw::ajax
