#include "ajax/login/token.hpp"

#include "ajax/session_check.hpp"

namespace gw::ajax {
namespace {

/// A token another application gives to login?action=redeemToken. Spec settings section 7.
Response acquire_token(Invocation& invocation) {
  const std::string_view secret = secret_of(invocation.request, invocation.runtime, *invocation.session);
  Json data = Json::object();
  data.set("token", Json::string(invocation.runtime.sessions.acquire_token(
                        invocation.work.database(), {*invocation.session, std::string(secret)})));
  return Response::with_data(std::move(data));
}

constexpr Action kTokenActions[] = {
    {"acquireToken", kGet, acquire_token, 0, {}},
};

}  // namespace

const ApiModule kTokenModule{"token", kTokenActions};

}  // namespace gw::ajax
