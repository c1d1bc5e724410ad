#include "ajax/settings/system.hpp"

#include "ajax/login/login_flow.hpp"

namespace gw::ajax {
namespace {

Response who_am_i(Invocation& invocation) {
  return Response::with_data(make_login_object(invocation, *invocation.session));
}

constexpr Action kSystemActions[] = {
    {"whoami", kGet, who_am_i, 0, {}},
};

}  // namespace

const ApiModule kSystemModule{"system", kSystemActions};

}  // namespace gw::ajax
