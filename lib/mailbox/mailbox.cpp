#include "mailbox/mailbox.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/net/stream.hpp"
#include "mailbox/accounts/account_service.hpp"
#include "mailbox/unified/at_once.hpp"
#include "mailbox/unified/participants.hpp"
#include "mailbox/unified/unified_folders.hpp"
#include "model/settings/config_tree.hpp"
#include "model/users/user_directory.hpp"

namespace gw::mailbox {

std::string connection_key(const session::Session& session) {
  return fmt::format("{}/{}/{}", session.context.value, session.user.value, session.id);
}

void forget_connections(const mail::Registry& registry, const session::Session& session) {
  for (const auto& provider : registry.stores()) provider->forget(connection_key(session));
}

Mailbox::Mailbox(model::UnitOfWork& work, const mail::Registry& registry, const session::Session& session,
                 const MailKeys& keys)
    : work_(work),
      registry_(registry),
      session_(session),
      cookie_(keys.cookie),
      token_(keys.token),
      reach_(work.settings().mail_accounts) {
  if (!work.caller().modules.has(model::Module::Webmail)) throw ApiError(errors::msg::kNoMailModule);
  if (!work.settings().mail.is_configured()) throw ApiError(errors::msg::kSubsystemDown);
}

Mailbox::~Mailbox() {
  mail::net::wipe(cookie_);
  mail::net::wipe(token_);
  for (auto& [id, account] : accounts_) {
    mail::net::wipe(account.store.secret);
    mail::net::wipe(account.transport.secret);
  }
}

const model::users::MailUser& Mailbox::user() {
  const model::Caller& caller = work_.caller();
  if (!user_)
    user_ = model::users::load_mail_user(work_.connection(), caller.context, caller.user, caller.marks);
  return *user_;
}

const std::vector<accounts::AccountRecord>& Mailbox::records() {
  if (!records_) records_ = accounts::load_records(work_);
  return *records_;
}

const accounts::AccountRecord* Mailbox::find_record(std::int64_t id) {
  for (const accounts::AccountRecord& each : records())
    if (each.id == id) return &each;
  return nullptr;
}

mail::Account Mailbox::make_primary() {
  const MailSettings& settings = work_.settings().mail;
  std::string secret = find_mail_secret(settings, session_, {cookie_, token_});
  if (secret.empty() && settings.master.empty())
    throw ApiError(errors::msg::kLoginFailed, {settings.store.host, user().login});
  mail::Account account = make_primary_account(settings, user(), work_.context(), secret);
  mail::net::wipe(secret);
  if (const accounts::AccountRecord* changed = find_record(0)) {
    account.name = changed->name;
    account.personal = changed->personal;
    account.reply_to = changed->reply_to;
  }
  return account;
}

mail::Account Mailbox::make_at_primary(const accounts::AccountRecord& record) {
  const MailSettings& settings = work_.settings().mail;
  mail::Account account = accounts::describe_account(work_, record);
  std::string secret = accounts::open_store_password(work_, record);
  const bool is_own = !secret.empty();
  if (!is_own) secret = find_mail_secret(settings, session_, {cookie_, token_});
  if (secret.empty()) throw ApiError(errors::msg::kLoginFailed, {settings.store.host, record.store.login});
  set_primary_servers(settings, account, record.store.login, secret, is_own);
  mail::net::wipe(secret);
  return account;
}

const mail::Account& Mailbox::account(std::int64_t id) {
  if (const auto known = accounts_.find(id); known != accounts_.end()) return known->second;
  if (id == 0) return accounts_.emplace(id, make_primary()).first->second;
  if (id == unified::kAccount) {
    unified::require_participants(*this);
    throw ApiError(errors::msg::kUnsupportedOperation, {"unified mail"});
  }
  const accounts::AccountRecord* record = find_record(id);
  if (record == nullptr) throw ApiError(errors::acc::kNotFound, {std::to_string(id)});
  return accounts_
      .emplace(id, record->is_at_primary ? make_at_primary(*record)
                                         : accounts::make_account(work_, reach_, *record))
      .first->second;
}

std::shared_ptr<mail::Access> Mailbox::share_access(std::int64_t id) {
  std::shared_ptr<mail::Access>& place = open_[id];
  if (!place) {
    const mail::Account& wanted = account(id);
    work_.release();
    mail::Places::Place held = registry_.places().take(wanted.store);
    place = registry_.store(wanted.store.protocol).connect(wanted, connection_key(session_));
    places_[id] = std::move(held);
  }
  work_.release();
  return place;
}

std::vector<std::optional<ApiError>> Mailbox::connect_all(std::span<const std::int64_t> ids) {
  std::vector<std::shared_ptr<mail::Access>> made(ids.size());
  std::vector<const mail::Account*> wanted;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    made[i] = open_[ids[i]];
    wanted.push_back(&account(ids[i]));
  }
  work_.release();
  const std::string key = connection_key(session_);
  std::vector<std::optional<mail::Places::Place>> held(ids.size());
  auto failures = unified::run_at_once(ids.size(), [&](std::size_t i) {
    if (made[i]) return;
    held[i] = registry_.places().take(wanted[i]->store);
    made[i] = registry_.store(wanted[i]->store.protocol).connect(*wanted[i], key);
  });
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (made[i] && held[i]) places_[ids[i]] = std::move(*held[i]);
    open_[ids[i]] = made[i];
  }
  return failures;
}

mail::Access& Mailbox::access(std::int64_t id) { return *share_access(id); }

std::unique_ptr<mail::Transport> Mailbox::open_transport(std::int64_t id) {
  const mail::Account& wanted = account(id);
  if (wanted.transport.host.empty()) throw ApiError(errors::msg::kAccountCannotSend, {wanted.name});
  work_.release();
  if (!transport_places_.contains(id))
    transport_places_.emplace(id, registry_.places().take(wanted.transport));
  return registry_.transport(wanted.transport.protocol).open(wanted);
}

const std::vector<std::string>& Mailbox::own_addresses(std::int64_t account) {
  std::vector<std::string>& own = addresses_[account];
  if (!own.empty()) return own;
  if (account != 0) {
    const accounts::AccountRecord* record = find_record(account);
    if (record == nullptr) throw ApiError(errors::acc::kNotFound, {std::to_string(account)});
    own.push_back(record->address);
    return own;
  }
  own.push_back(user().mail);
  for (const std::string& alias : user().aliases)
    if (alias != user().mail) own.push_back(alias);
  return own;
}

std::int64_t Mailbox::find_sender(std::string_view address) {
  const auto key = [](std::string_view each) { return to_lower_ascii(mail::mime::to_ascii_domain(each)); };
  const std::string wanted = key(address);
  for (const std::string& own : own_addresses())
    if (key(own) == wanted) return 0;
  for (const accounts::AccountRecord& each : records())
    if (each.id != 0 && key(each.address) == wanted) return each.id;
  throw ApiError(errors::msg::kSenderNotAllowed, {std::string(address)});
}

bool Mailbox::setting(std::string_view path) {
  return model::settings::read_config(work_, path).to_boolean().value_or(false);
}

std::int64_t Mailbox::number(std::string_view path) {
  return model::settings::read_config(work_, path).to_integer().value_or(0);
}

std::string Mailbox::text(std::string_view path) {
  return model::settings::read_config(work_, path).to_text().value_or("");
}

mail::Address Mailbox::default_sender() {
  // The chosen address may have been taken from the user since.
  const std::string chosen = text("mail/sendaddress");
  const auto& own = own_addresses();
  const bool is_own = std::find(own.begin(), own.end(), chosen) != own.end();
  return {user().display_name, is_own ? chosen : user().mail};
}

std::string Mailbox::default_folder(std::int64_t account, mail::DefaultFolder kind) {
  return folders(account).default_folder(kind);
}

bool Mailbox::lies_in_trash(const FolderPath& folder) {
  const std::string trash = default_folder(folder.account, mail::DefaultFolder::Trash);
  if (trash.empty()) return false;
  if (folder.fullname == trash) return true;
  const char separator = folders(folder.account).get(trash, false).separator;
  return folder.fullname.starts_with(trash + separator);
}

}  // namespace gw::mailbox
