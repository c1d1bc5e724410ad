// OXSecondaryAccountService: mail accounts that an administrator gives to users, and takes away. Source: spec
// provisioning section 3.
#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "mailbox/accounts/account_rules.hpp"
#include "mailbox/accounts/account_service.hpp"
#include "mailbox/accounts/account_store.hpp"
#include "model/groups/group_service.hpp"
#include "model/users/user_directory.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"
#include "provisioning/user_data.hpp"

namespace gw::provisioning {
namespace {

namespace accounts = mailbox::accounts;
using accounts::AccountRecord;

constexpr std::string_view kAtPrimary = "primary";

/// Members of groups and single users, each once. Group 0 is everybody. Errors: Fault InvalidData when nobody
/// is named, NoSuchUser; ApiError for an unknown group.
std::vector<UserId> named_users(Call& call) {
  std::vector<UserId> ids;
  const Json users = call.argument("users"), groups = call.argument("groups");
  for (std::size_t i = 0; users.is_array() && i < users.size(); ++i)
    ids.push_back(load_named_user(call, users.at(i)).id);
  for (std::size_t i = 0; groups.is_array() && i < groups.size(); ++i) {
    const auto id = number_member(groups.at(i), "id");
    if (!id) throw Fault(FaultKind::InvalidData, "A group needs an id here", "groups");
    if (GroupId(*id) == kAllUsersGroup) {
      const auto all = model::users::list_internal_ids(call.work().connection(), call.context().id);
      ids.insert(ids.end(), all.begin(), all.end());
      continue;
    }
    for (const std::int64_t member : model::groups::load_group(call.work(), GroupId(*id)).members)
      ids.emplace_back(member);
  }
  if (ids.empty())
    throw Fault(FaultKind::InvalidData, "Neither users nor members of groups are named", "users");
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::string needed_member(const Json& data, const char* name) {
  auto text = text_member(data, name);
  if (!text || text->empty()) throw Fault(FaultKind::InvalidData, fmt::format("{} is missing", name), name);
  return std::move(*text);
}

accounts::Tls tls_of(const Json& data, const char* secure, const char* starttls) {
  if (boolean_member(data, secure).value_or(false)) return accounts::Tls::Always;
  return boolean_member(data, starttls).value_or(false) ? accounts::Tls::StartTls : accounts::Tls::Offered;
}

/// Only told: connections follow the configuration of their time.
accounts::ServerRecord configured(const MailServerSettings& server, const std::string& login) {
  accounts::ServerRecord record;
  record.protocol = server.protocol;
  record.host = server.host;
  record.port = server.port;
  record.tls = server.encryption == MailEncryption::Tls        ? accounts::Tls::Always
               : server.encryption == MailEncryption::StartTls ? accounts::Tls::StartTls
                                                               : accounts::Tls::Offered;
  record.login = login;
  return record;
}

void read_servers(const Json& data, AccountRecord& record) {
  accounts::set_protocol(record.store, accounts::ServerKind::Store,
                         text_member(data, "mailProtocol").value_or("imap"));
  record.store.host = needed_member(data, "mailServer");
  record.store.tls = tls_of(data, "mailSecure", "mailStartTls");
  record.store.port =
      static_cast<int>(number_member(data, "mailPort")
                           .value_or(accounts::default_port(record.store.protocol, record.store.tls)));
  record.transport.host = text_member(data, "transportServer").value_or("");
  if (record.transport.host.empty()) return;
  accounts::set_protocol(record.transport, accounts::ServerKind::Transport,
                         text_member(data, "transportProtocol").value_or("smtp"));
  record.transport.tls = tls_of(data, "transportSecure", "transportStartTls");
  record.transport.port = static_cast<int>(
      number_member(data, "transportPort")
          .value_or(accounts::default_port(record.transport.protocol, record.transport.tls)));
  record.transport.login = text_member(data, "transportLogin").value_or("");
  if (record.transport.login.empty()) return;
  record.auth = accounts::TransportAuth::Own;
  record.transport.new_password = text_member(data, "transportPassword").value_or("");
}

AccountRecord read_account(Call& call, const Json& data) {
  AccountRecord record;
  record.address = needed_member(data, "primaryAddress");
  record.name = text_member(data, "name").value_or(record.address);
  record.personal = text_member(data, "personal").value_or("");
  record.reply_to = text_member(data, "replyTo").value_or("");
  const std::string login = text_member(data, "login").value_or(record.address);
  const auto password = text_member(data, "password");
  const std::string source = to_lower_ascii(text_member(data, "mailEndpointSource").value_or("none"));
  const MailSettings& mail = call.environment().settings.mail;
  if (source == kAtPrimary) {
    if (!mail.is_configured())
      throw Fault(FaultKind::InvalidData, "This server has no mail", "mailEndpointSource");
    record.is_at_primary = true;
    record.store = configured(mail.store, login);
    record.transport = configured(mail.transport, login);
    // A master could open the mailboxes of other contexts.
    if (!password && !mail.master.empty())
      throw Fault(FaultKind::InvalidData, "A password is needed, as users have none at the mail server",
                  "password");
  } else if (source == "none") {
    read_servers(data, record);
    record.store.login = login;
    if (!password) throw Fault(FaultKind::InvalidData, "password is missing", "password");
  } else {
    throw Fault(FaultKind::InvalidData, "mailEndpointSource is primary or none", "mailEndpointSource");
  }
  record.store.new_password = password;
  accounts::check_record(record);
  if (!record.is_at_primary) {
    const accounts::Reach reach(call.environment().settings.mail_accounts);
    reach.require(record.store);
    if (!record.transport.host.empty()) reach.require(record.transport);
  }
  return record;
}

Json create_accounts(Call& call) {
  const AccountRecord record = read_account(call, call.needed_object("accountDataOnCreate"));
  const auto users = named_users(call);
  const std::string seal = accounts::load_seal(call.work().connection());
  call.work().write([&](model::Transaction& transaction) {
    transaction.stamp();
    for (const UserId user : users) accounts::give_account(transaction, user, record, seal);
  });
  return {};
}

Json list_accounts(Call& call) {
  sql::Connection& connection = call.work().connection();
  const ContextId context = call.context().id;
  Json list = Json::array();
  for (const UserId user : accounts::list_owners(connection, context))
    for (const AccountRecord& each : accounts::list_records(connection, context, user)) {
      if (!each.is_given) continue;
      Json out = Json::object();
      out.set("id", Json::integer(each.id));
      out.set("primaryAddress", Json::string(each.address));
      out.set("name", Json::string(each.name));
      out.set("login", Json::string(each.store.login));
      out.set("personal", Json::string(each.personal));
      out.set("replyTo", Json::string(each.reply_to));
      out.set("mailEndpointSource", Json::string(each.is_at_primary ? kAtPrimary : "none"));
      out.set("userId", Json::integer(user.value));
      out.set("contextId", Json::integer(context.value));
      list.append(std::move(out));
    }
  return list;
}

/// From those who have it.
Json delete_accounts(Call& call) {
  const std::string address = call.needed_text("primaryAddress");
  const auto users = named_users(call);
  const ContextId context = call.context().id;
  call.work().write([&](model::Transaction& transaction) {
    transaction.stamp();
    sql::Connection& connection = transaction.connection();
    for (const UserId user : users)
      for (const AccountRecord& each : accounts::list_records(connection, context, user))
        if (each.is_given && equal_ignoring_ascii_case(each.address, address))
          accounts::delete_record(transaction, user, each.id);
  });
  return {};
}

constexpr Operation kSecondaryAccountOperations[] = {
    {"create", Who::ContextAdmin, kChanges,
     parse_signature(
         "context:Context accountDataOnCreate:AccountDataOnCreate users:User*? groups:Group*? auth"),
     create_accounts},
    {"list", Who::ContextAdmin, kReads, parse_signature("context:Context auth >Account*"), list_accounts},
    {"delete", Who::ContextAdmin, kChanges,
     parse_signature("context:Context primaryAddress users:User*? groups:Group*? auth"), delete_accounts},
};

}  // namespace

std::span<const Operation> secondary_account_operations() { return kSecondaryAccountOperations; }

}  // namespace gw::provisioning
