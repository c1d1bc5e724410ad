#include "ajax/factors/second_factor.hpp"

#include <algorithm>
#include <span>

#include "core/error.hpp"
#include "core/errors/multifactor.hpp"
#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

struct FactorRow {
  std::string_view module;
  std::string_view action;  ///< empty: all of the module
};

/// What a web client asks for before it can ask for the code, and the code itself. The elements of `multiple`
/// are checked one by one.
constexpr FactorRow kOpenBefore[] = {
    {"apps/manifests", ""},
    {"capabilities", ""},
    {"jslob", "list"},
    {"multifactor/device", "all"},
    {"multifactor/device", "finishAuthentication"},
    {"multifactor/device", "startAuthentication"},
    {"multifactor/provider", "all"},
    {"multiple", ""},
    {"system", ""},
};

/// How the user signs in, and who is signed in: for the user himself, not for one of his programs.
constexpr FactorRow kClosedToPrograms[] = {
    {"appPasswords", ""},   {"multifactor/device", ""}, {"multifactor/provider", ""},
    {"passwordchange", ""}, {"sessionmanagement", ""},  {"token", ""},
};

bool is_named(std::span<const FactorRow> rows, std::string_view module, std::string_view action) {
  return std::any_of(rows.begin(), rows.end(), [&](const FactorRow& row) {
    return row.module == module && (row.action.empty() || row.action == action);
  });
}

}  // namespace

void check_second_factor(const session::Session* session, std::string_view module, std::string_view action) {
  if (session == nullptr) return;
  if (session->factor == session::Factor::Pending && !is_named(kOpenBefore, module, action))
    throw ApiError(errors::mfa::kRequired);
  if (session->factor == session::Factor::AppPassword && is_named(kClosedToPrograms, module, action))
    throw ApiError(errors::svl::kNoPermission, {std::string(module)});
}

}  // namespace gw::ajax
