// Module `onboarding`: how to set up devices. Profiles exist for CalDAV, CardDAV and mail only, which come
// with later issues; until then the configuration is empty (a valid answer, spec settings section 7) and
// there is nothing to execute or download.
#include "ajax/onboarding.hpp"

#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

Response config(Invocation&) {
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
constexpr Parameter kType[] = {{"type", Type::Text, true}};

constexpr Action kActions[] = {
    {"config", kGet, config},
    {"download", kGet, unknown_profile, 0, kType},
    {"execute", kPut, unknown_scenario, 0, kExecute},
    {"link", kGet, unknown_profile, 0, kType},
};

}  // namespace

const ApiModule kOnboardingModule{"onboarding", kActions};

}  // namespace gw::ajax
