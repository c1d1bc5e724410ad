// Operations of the contract that are not offered, each with its reason. A test walks the contract: every
// operation is in the registry or here. Clients get SVL-0007 (module) or SVL-0021 (action) for these.
#include "ajax/registry.hpp"

namespace gw::ajax {
namespace {

constexpr std::string_view kForeignSignIn =
    "SAML and OpenID Connect are left to other modules of the web server (GroupwareTrustedUser)";
constexpr std::string_view kForeign = "needs an account at another provider; comes with subscriptions";

constexpr NotOffered kList[] = {
    {"advertisement", "", "no advertisement is shown by this server"},
    {"certificate", "",
     "whom mail servers are trusted by is the administrator's decision: users accept no certificates"},
    {"chronos/schedjoules", "", "the catalogue of Schedjoules needs a contract; feeds are provider ical"},
    {"init", "", kForeignSignIn},
    {"jump", "", "no other system is configured to be jumped to"},
    {"login", "samlLogin", kForeignSignIn},
    {"login", "samlLogout", kForeignSignIn},
    {"oauth/accounts", "", kForeign},
    {"oauth/grants", "", kForeign},
    {"oauth/services", "", kForeign},
    {"saml", "", kForeignSignIn},
};

}  // namespace

std::span<const NotOffered> not_offered() { return kList; }

}  // namespace gw::ajax
