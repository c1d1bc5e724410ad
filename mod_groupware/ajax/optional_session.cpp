#include "ajax/optional_session.hpp"

#include "ajax/session_check.hpp"

namespace gw::ajax {

bool check_optional_session(Invocation& invocation) {
  if (invocation.session != nullptr || invocation.caller().user) return true;
  if (invocation.request.parameter("session").value_or("").empty()) return false;
  check_session(invocation.request, invocation.runtime, invocation.work, false);
  return true;
}

}  // namespace gw::ajax
