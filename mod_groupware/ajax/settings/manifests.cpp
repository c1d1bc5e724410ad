#include "ajax/settings/manifests.hpp"

#include "ajax/optional_session.hpp"
#include "ajax/settings/capabilities.hpp"

namespace gw::ajax {
namespace {

struct Language {
  const char* id;
  const char* label;
};

constexpr Language kLanguages[] = {
    {"en_US", "English (US)"}, {"en_GB", "English (UK)"}, {"de_DE", "Deutsch"},    {"fr_FR", "Français"},
    {"es_ES", "Español"},      {"it_IT", "Italiano"},     {"nl_NL", "Nederlands"}, {"pl_PL", "Polski"},
    {"sv_SE", "Svenska"},      {"cs_CZ", "Čeština"},      {"ja_JP", "日本語"},     {"zh_CN", "简体中文"},
};

Json languages() {
  Json list = Json::array();
  for (const Language& language : kLanguages) {
    Json pair = Json::array();
    pair.append(Json::string(language.id)).append(Json::string(language.label));
    list.append(std::move(pair));
  }
  return list;
}

Response config(Invocation& invocation) {
  return Response::with_data(server_config(invocation, check_optional_session(invocation)));
}

Response all_manifests(Invocation&) { return Response::with_data(Json::array()); }

constexpr Action kManifestsActions[] = {
    {"all", kGet, all_manifests, kNoSession},
    {"config", kGet, config, kNoSession},
};

}  // namespace

const ApiModule kManifestsModule{"apps/manifests", kManifestsActions};

Json server_config(const Invocation& invocation, bool has_caller) {
  const Settings& settings = invocation.work.settings();
  Json data = Json::object();
  data.set("capabilities", capability_list(invocation, has_caller));
  data.set("manifests", Json::array());
  data.set("languages", languages());
  data.set("pageTitle", Json::string(settings.product_name));
  data.set("productName", Json::string(settings.product_name));
  data.set("forceHTTPS", Json::boolean(settings.session.cookie_force_secure));
  data.set("autoLoginTimeout", Json::integer(5'000));
  data.set("forgotPassword", Json::boolean(false));
  data.set("serverVersion", Json::string("7.10.2"));
  data.set("version", Json::string(invocation.runtime.server_version));
  data.set("hosts", Json::string("all"));
  return data;
}

}  // namespace gw::ajax
