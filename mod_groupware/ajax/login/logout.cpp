#include "ajax/login/logout.hpp"

#include "ajax/login/login_sessions.hpp"
#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

constexpr Parameter kParameters[] = {{"session"}, {"state"}};

/// The end of a session, as login?action=logout. Where another module of the web server signs users in, the
/// browser is sent to its logout. `state` belongs to single sign-on of our own, which is not offered.
Response leave(Invocation& invocation) {
  if (!invocation.arguments.has("session") && invocation.arguments.has("state"))
    throw ApiError(errors::svl::kDisabled, {"logout"});
  Response ended = logout(invocation);
  const auto& trusted = invocation.request.trusted;
  if (!trusted || trusted->logout.empty()) return ended;
  Response away = Response::redirect(trusted->logout);
  away.cookies = std::move(ended.cookies);
  return away;
}

constexpr Action kLogoutActions[] = {
    {"GET", kGet, leave, kNoSession | kNotInMultiple, kParameters},
    {"POST", kPost, leave, kNoSession | kNotInMultiple, kParameters},
};

}  // namespace

const ApiModule kLogoutModule{"logout", kLogoutActions};

}  // namespace gw::ajax
