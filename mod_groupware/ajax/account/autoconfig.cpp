// Module `autoconfig`. Source: spec mail section 13, settings "autoconfig".
#include "ajax/account/autoconfig.hpp"

#include "ajax/account/account_columns.hpp"
#include "ajax/mail/mail_call.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mail/net/stream.hpp"
#include "mailbox/accounts/account_finder.hpp"
#include "mailbox/accounts/account_service.hpp"

namespace gw::ajax {
namespace {

namespace accounts = mailbox::accounts;

/// Form fields only: a password in an address ends up in logs.
std::string form_field(const Invocation& invocation, const char* name) {
  const auto value = invocation.request.form.find(name);
  if (!value || trim(*value).empty()) throw ApiError(errors::svl::kMissing, {name});
  return std::string(*value);
}

/// What an account form needs; names of folders and the like are not known.
constexpr const char* kFoundMembers[] = {"name",
                                         "primary_address",
                                         "login",
                                         "mail_url",
                                         "mail_server",
                                         "mail_port",
                                         "mail_protocol",
                                         "mail_secure",
                                         "mail_starttls",
                                         "transport_url",
                                         "transport_server",
                                         "transport_port",
                                         "transport_protocol",
                                         "transport_secure",
                                         "transport_starttls",
                                         "transport_login",
                                         "transport_auth"};

bool is_of_transport(std::string_view member) { return member.starts_with("transport_"); }

/// An empty object: nothing was found.
Json write_found(const std::optional<accounts::FoundAccount>& found) {
  Json data = Json::object();
  if (!found) return data;
  const Json all = write_account({found->record, {}});
  for (const char* member : kFoundMembers)
    if (!is_of_transport(member) || !found->record.transport.host.empty()) data.set(member, all.get(member));
  return data;
}

Response autoconfig_get(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  accounts::require_allowed(invocation.work);
  const auto wants_oauth = parse_integer(invocation.request.form.find("oauth").value_or(""));
  if (wants_oauth.value_or(-1) > 0) throw ApiError(errors::msg::kAuthTypeUnsupported, {"", "OAuth"});
  const std::string text = form_field(invocation, "email");
  const auto address = mail::autoconfig::parse_address(text);
  if (!address) throw ApiError(errors::msg::kBadAddress, {replace_invalid_utf8(text.substr(0, 255))});
  const auto force = invocation.request.form.find("force_secure");
  accounts::Wanted wanted{*address, form_field(invocation, "password"),
                          !force || force->empty() || parse_boolean(*force)};
  invocation.work.release();
  const auto found =
      accounts::find_servers(invocation.work.settings(), mailbox->registry(), mailbox->reach(), wanted);
  mail::net::wipe(wanted.password);
  return Response::with_data(write_found(found));
}

constexpr Action kAutoconfigActions[] = {
    {"get", kPost, autoconfig_get, 0, {}, model::Module::Webmail},
};

}  // namespace

const ApiModule kAutoconfigModule{"autoconfig", kAutoconfigActions};

}  // namespace gw::ajax
