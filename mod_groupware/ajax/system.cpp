#include "ajax/system.hpp"

#include "ajax/login_flow.hpp"

namespace gw::ajax {
namespace {

Response who_am_i(Invocation& invocation) {
  return Response::with_data(make_login_object(invocation, *invocation.session));
}

constexpr Action kActions[] = {
    {"whoami", kGet, who_am_i, 0, {}},
};

}  // namespace

const ApiModule kSystemModule{"system", kActions};

}  // namespace gw::ajax
