#include "ajax/login/logout.hpp"

#include "ajax/login/login_sessions.hpp"
#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

constexpr Parameter kParameters[] = {{"session"}, {"state"}};

/// The end of a session, as login?action=logout. `state` belongs to single sign-on, which is not offered.
Response leave(Invocation& invocation) {
  if (!invocation.arguments.has("session") && invocation.arguments.has("state"))
    throw ApiError(errors::svl::kDisabled, {"logout"});
  return logout(invocation);
}

constexpr Action kLogoutActions[] = {
    {"GET", kGet, leave, kNoSession | kNotInMultiple, kParameters},
    {"POST", kPost, leave, kNoSession | kNotInMultiple, kParameters},
};

}  // namespace

const ApiModule kLogoutModule{"logout", kLogoutActions};

}  // namespace gw::ajax
