// Module `onboarding`: how to set up devices. Profiles exist for CalDAV, CardDAV and mail only, which come
// with later issues; until then the configuration is empty (a valid answer, spec settings section 7) and
// there is nothing to execute or download.
#include "ajax/settings/onboarding.hpp"

#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

Response onboarding_config(Invocation&) {
  Json data = Json::object();
  for (const char* name : {"platforms", "devices", "scenarios", "actions", "matching"})
    data.set(name, Json::array());
  return Response::with_data(std::move(data));
}

Response unknown_scenario(Invocation& invocation) {
  throw ApiError(errors::svl::kBadParameter, {"id", std::string(invocation.arguments.text("id"))});
}

Response unknown_profile(Invocation& invocation) {
  throw ApiError(errors::svl::kBadParameter, {"type", std::string(invocation.arguments.text("type"))});
}

constexpr Parameter kExecute[] = {{"id", Type::Text, true}, {"action_id", Type::Text, true}};
constexpr Parameter kProfileType[] = {{"type", Type::Text, true}};

constexpr Action kOnboardingActions[] = {
    {"config", kGet, onboarding_config},
    {"download", kGet, unknown_profile, 0, kProfileType},
    {"execute", kPut, unknown_scenario, 0, kExecute},
    {"link", kGet, unknown_profile, 0, kProfileType},
};

}  // namespace

const ApiModule kOnboardingModule{"onboarding", kOnboardingActions};

}  // namespace gw::ajax
