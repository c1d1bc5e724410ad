#include "ajax/login/guest_access.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/servlet.hpp"
#include "model/users/guest_accounts.hpp"

namespace gw::ajax {
namespace {

struct OpenAction {
  std::string_view module;
  std::string_view action;  ///< empty: all of the module
  /// Changes or tells what belongs to the account: many people use that of a link, and none of them owns it.
  bool needs_own_account = false;
};

constexpr OpenAction kOpen[] = {
    {"apps/manifests", ""},
    {"capabilities", ""},
    {"config", "GET"},
    {"config", "PUT", true},
    {"config", "get_property"},
    {"contacts", ""},
    {"contacts/picture", ""},
    {"events", ""},
    {"export", ""},
    {"fileaccount", ""},
    {"fileservice", ""},
    {"files", ""},
    {"folder", ""},
    {"folders", ""},
    {"image/contact/picture", ""},
    {"import", ""},
    {"infostore", ""},
    {"jobs", ""},
    {"jslob", "all"},
    {"jslob", "list"},
    {"jslob", "set", true},
    {"jslob", "update", true},
    {"multiple", ""},
    {"passwordchange", "", true},
    {"quota", "filestore"},
    {"sync", ""},
    {"system", ""},
    {"user", "get"},
    {"user/me", ""},
};

}  // namespace

void check_guest_access(const model::Caller& caller, std::string_view module, std::string_view action) {
  if (!caller.is_guest) return;
  const bool is_link = model::users::is_link_account(caller);
  const bool is_open = std::any_of(std::begin(kOpen), std::end(kOpen), [&](const OpenAction& open) {
    return open.module == module && (open.action.empty() || open.action == action) &&
           !(open.needs_own_account && is_link);
  });
  if (!is_open) throw ApiError(errors::svl::kNoPermission, {std::string(module)});
}

}  // namespace gw::ajax
