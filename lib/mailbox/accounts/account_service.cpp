#include "mailbox/accounts/account_service.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/crypto.hpp"
#include "core/errors/mail_account.hpp"
#include "mail/net/stream.hpp"
#include "mailbox/accounts/account_rules.hpp"
#include "mailbox/accounts/account_store.hpp"
#include "model/server_secret.hpp"

namespace gw::mailbox::accounts {
namespace {

constexpr std::string_view kSecretName = "mail accounts";

/// Binds a sealed password to its place: moved to another row it opens nothing.
std::string purpose_of(ContextId context, UserId user, std::int64_t account, ServerKind kind) {
  return fmt::format("mail account {}/{}/{}/{}", context.value, user.value, account,
                     kind == ServerKind::Store ? "store" : "transport");
}

void seal_for(ContextId context, UserId user, std::string_view secret, std::int64_t account,
              ServerRecord& server, ServerKind kind) {
  if (!server.new_password) return;
  const std::string& plain = *server.new_password;
  server.sealed_password = plain.empty()
                               ? std::string()
                               : to_base64(seal(secret, purpose_of(context, user, account, kind), plain));
  mail::net::wipe(*server.new_password);
  server.new_password.reset();
}

void seal_new(const model::UnitOfWork& work, std::string_view secret, std::int64_t account,
              ServerRecord& server, ServerKind kind) {
  seal_for(work.context(), work.caller().user, secret, account, server, kind);
}

std::string open_password(const model::UnitOfWork& work, std::string_view secret, const AccountRecord& record,
                          ServerKind kind) {
  const ServerRecord& server = kind == ServerKind::Store ? record.store : record.transport;
  if (server.new_password) return *server.new_password;
  if (server.sealed_password.empty()) return {};
  const auto sealed = from_base64(server.sealed_password);
  auto plain = sealed
                   ? unseal(secret, purpose_of(work.context(), work.caller().user, record.id, kind), *sealed)
                   : std::nullopt;
  if (!plain) throw ApiError(errors::acc::kPasswordUnreadable, {record.name});
  return std::move(*plain);
}

void require_fine(const Reach& reach, const AccountRecord& record) {
  check_record(record);
  reach.require(record.store);
  if (!record.transport.host.empty()) reach.require(record.transport);
}

[[noreturn]] void refuse_more(const model::UnitOfWork& work) {
  const int most = may_have_accounts(work) ? work.settings().mail_accounts.per_user : 0;
  throw ApiError(errors::acc::kNotEnabled, {std::to_string(most)});
}

std::size_t count_further(const std::vector<AccountRecord>& records) {
  return static_cast<std::size_t>(
      std::count_if(records.begin(), records.end(),
                    [](const AccountRecord& each) { return each.id != 0 && !each.is_given; }));
}

AccountRecord find_or_begin(const std::vector<AccountRecord>& records, std::int64_t id) {
  const auto found =
      std::find_if(records.begin(), records.end(), [&](const AccountRecord& each) { return each.id == id; });
  if (found != records.end()) return *found;
  if (id != 0) throw ApiError(errors::acc::kNotFound, {std::to_string(id)});
  return {};
}

bool is_same(const ServerRecord& a, const ServerRecord& b) {
  if (a.host.empty() && b.host.empty()) return !b.new_password;
  return a.protocol == b.protocol && a.host == b.host && a.port == b.port && a.tls == b.tls &&
         a.login == b.login && !b.new_password;
}

/// Errors: ACC-0027 when more than names and folders are another in `changed`.
void require_kept(const AccountRecord& given, const AccountRecord& changed) {
  if (!is_same(given.store, changed.store) || !is_same(given.transport, changed.transport) ||
      given.auth != changed.auth || given.address != changed.address)
    throw ApiError(errors::acc::kGiven, {given.name});
}

mail::Server to_server(const ServerRecord& record, const MailSettings& settings) {
  mail::Server server;
  server.protocol = record.protocol;
  server.host = record.host;
  server.port = record.port;
  server.encryption = record.tls == Tls::Always     ? mail::Encryption::Tls
                      : record.tls == Tls::StartTls ? mail::Encryption::StartTls
                                                    : mail::Encryption::Prefer;
  server.login = record.login;
  server.connect_timeout = settings.connect_timeout;
  server.read_timeout = settings.read_timeout;
  return server;
}

}  // namespace

bool may_have_accounts(const model::UnitOfWork& work) {
  const model::Caller& caller = work.caller();
  return work.settings().mail_accounts.per_user > 0 && !caller.is_guest &&
         caller.modules.has(model::Module::MultipleMailAccounts);
}

void require_allowed(const model::UnitOfWork& work) {
  if (!may_have_accounts(work)) refuse_more(work);
}

std::vector<AccountRecord> load_records(model::UnitOfWork& work) {
  std::vector<AccountRecord> records = *known_records(work);
  if (!may_have_accounts(work))
    std::erase_if(records, [](const AccountRecord& each) { return each.id != 0 && !each.is_given; });
  return records;
}

AccountRecord create_account(model::UnitOfWork& work, const Reach& reach, const AccountRecord& record,
                             std::span<const std::string> own) {
  require_allowed(work);
  require_fine(reach, record);
  const std::string secret = model::server_secret(work.connection(), kSecretName);
  AccountRecord made;
  work.write([&](model::Transaction& transaction) {
    made = record;
    made.last_modified = transaction.stamp(1);
    const UserId user = work.caller().user;
    const auto others = list_records(transaction.connection(), work.context(), user);
    if (count_further(others) >= static_cast<std::size_t>(work.settings().mail_accounts.per_user))
      refuse_more(work);
    made.id = transaction.next_id();
    check_unique(made, others, own);
    seal_new(work, secret, made.id, made.store, ServerKind::Store);
    seal_new(work, secret, made.id, made.transport, ServerKind::Transport);
    store_record(transaction, user, made);
  });
  return made;
}

AccountRecord change_account(model::UnitOfWork& work, const Reach& reach, std::int64_t id,
                             std::span<const std::string> own,
                             const std::function<void(AccountRecord&)>& change) {
  const std::string secret = model::server_secret(work.connection(), kSecretName);
  AccountRecord changed;
  work.write([&](model::Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    const UserId user = work.caller().user;
    const auto records = list_records(transaction.connection(), work.context(), user);
    const AccountRecord before = find_or_begin(records, id);
    if (id != 0 && !before.is_given && !may_have_accounts(work))
      throw ApiError(errors::acc::kNotFound, {std::to_string(id)});
    changed = before;
    change(changed);
    if (changed.store.protocol != before.store.protocol)
      throw ApiError(errors::acc::kProtocolChanged, {before.store.protocol, changed.store.protocol});
    if (id == 0 || before.is_given) {
      check_names(changed);
      if (before.is_given) require_kept(before, changed);
    } else {
      require_fine(reach, changed);
      check_unique(changed, records, own);
    }
    changed.last_modified = stamp;
    seal_new(work, secret, id, changed.store, ServerKind::Store);
    seal_new(work, secret, id, changed.transport, ServerKind::Transport);
    store_record(transaction, user, changed);
  });
  return changed;
}

std::vector<std::int64_t> remove_accounts(model::UnitOfWork& work, std::span<const std::int64_t> ids) {
  if (std::find(ids.begin(), ids.end(), 0) != ids.end()) throw ApiError(errors::acc::kPrimaryDelete);
  std::vector<std::int64_t> removed;
  work.write([&](model::Transaction& transaction) {
    transaction.stamp();
    removed.clear();
    for (const AccountRecord& each :
         list_records(transaction.connection(), work.context(), work.caller().user))
      if (each.is_given && std::find(ids.begin(), ids.end(), each.id) != ids.end())
        throw ApiError(errors::acc::kGiven, {each.name});
    for (const std::int64_t id : ids)
      if (delete_record(transaction, work.caller().user, id)) removed.push_back(id);
  });
  return removed;
}

std::string load_seal(sql::Connection& connection) { return model::server_secret(connection, kSecretName); }

void give_account(model::Transaction& transaction, UserId user, AccountRecord record, std::string_view seal) {
  const ContextId context = transaction.work().context();
  record.last_modified = transaction.stamp(1);
  record.is_given = true;
  check_record(record);
  check_unique(record, list_records(transaction.connection(), context, user), {});
  record.id = transaction.next_id();
  seal_for(context, user, seal, record.id, record.store, ServerKind::Store);
  seal_for(context, user, seal, record.id, record.transport, ServerKind::Transport);
  store_record(transaction, user, record);
}

mail::Account describe_account(const model::UnitOfWork& work, const AccountRecord& record) {
  mail::Account account;
  account.id = record.id;
  account.name = record.name;
  account.primary_address = record.address;
  account.personal = record.personal;
  account.reply_to = record.reply_to;
  account.shows_colors = work.settings().mail.shows_colors();
  account.color_of_flagged = work.settings().mail.color_of_flagged();
  account.folders = record.fullnames;
  for (const auto name : {&mail::FolderNames::drafts, &mail::FolderNames::sent, &mail::FolderNames::spam,
                          &mail::FolderNames::trash, &mail::FolderNames::confirmed_spam,
                          &mail::FolderNames::confirmed_ham, &mail::FolderNames::archive})
    if (!(record.names.*name).empty()) account.fallback_names.*name = record.names.*name;
  return account;
}

std::string open_store_password(model::UnitOfWork& work, const AccountRecord& record) {
  return open_password(work, load_seal(work.connection()), record, ServerKind::Store);
}

mail::Account make_account(model::UnitOfWork& work, const Reach& reach, const AccountRecord& record) {
  const std::string secret = load_seal(work.connection());
  mail::Account account = describe_account(work, record);
  account.store = to_server(record.store, work.settings().mail);
  reach.apply(account.store);
  account.store.secret = open_password(work, secret, record, ServerKind::Store);
  if (record.transport.host.empty()) return account;
  account.transport = to_server(record.transport, work.settings().mail);
  reach.apply(account.transport);
  switch (record.auth) {
    case TransportAuth::AsStore:
      account.transport.login = account.store.login;
      account.transport.secret = account.store.secret;
      break;
    case TransportAuth::Own:
      account.transport.secret = open_password(work, secret, record, ServerKind::Transport);
      break;
    case TransportAuth::None:
      account.transport.mechanism = mail::Mechanism::None;
      break;
  }
  return account;
}

}  // namespace gw::mailbox::accounts
