#include "mailbox/mailbox.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"
#include "mail/net/stream.hpp"
#include "mailbox/primary_account.hpp"
#include "model/settings/config_tree.hpp"
#include "model/users/user_directory.hpp"
#include "session/mail_password.hpp"

namespace gw::mailbox {

std::string connection_key(const session::Session& session) {
  return fmt::format("{}/{}/{}", session.context.value, session.user.value, session.id);
}

void forget_connections(const mail::Registry& registry, const session::Session& session) {
  for (const auto& provider : registry.stores()) provider->forget(connection_key(session));
}

Mailbox::Mailbox(model::UnitOfWork& work, const mail::Registry& registry, const session::Session& session,
                 std::string_view secret)
    : work_(work), registry_(registry), session_(session), secret_(secret) {
  if (!work.caller().modules.has(model::Module::Webmail)) throw ApiError(errors::msg::kNoMailModule);
  if (!work.settings().mail.is_configured()) throw ApiError(errors::msg::kSubsystemDown);
}

Mailbox::~Mailbox() {
  mail::net::wipe(secret_);
  if (!primary_) return;
  mail::net::wipe(primary_->store.secret);
  mail::net::wipe(primary_->transport.secret);
}

const model::users::User& Mailbox::user() {
  if (!user_) user_ = model::users::load_user(work_.connection(), work_.context(), work_.caller().user);
  return *user_;
}

const mail::Account& Mailbox::account(std::int64_t id) {
  if (id != 0) throw ApiError(errors::acc::kNotFound, {std::to_string(id)});
  if (primary_) return *primary_;
  const MailSettings& settings = work_.settings().mail;
  std::string password = session::open_mail_password(session_, secret_).value_or("");
  if (password.empty() && settings.master.empty())
    throw ApiError(errors::msg::kLoginFailed, {settings.store.host, user().login});
  primary_ = make_primary_account(settings, user(), work_.context(), password);
  mail::net::wipe(password);
  return *primary_;
}

std::shared_ptr<mail::Access> Mailbox::share_access(std::int64_t id) {
  std::shared_ptr<mail::Access>& place = open_[id];
  if (!place) {
    const mail::Account& wanted = account(id);
    work_.release();
    place = registry_.store(wanted.store.protocol).connect(wanted, connection_key(session_));
  }
  work_.release();
  return place;
}

mail::Access& Mailbox::access(std::int64_t id) { return *share_access(id); }

std::unique_ptr<mail::Transport> Mailbox::open_transport(std::int64_t id) {
  const mail::Account& wanted = account(id);
  if (wanted.transport.host.empty()) throw ApiError(errors::msg::kAccountCannotSend, {wanted.name});
  work_.release();
  return registry_.transport(wanted.transport.protocol).open(wanted);
}

const std::vector<std::string>& Mailbox::own_addresses() {
  if (addresses_.empty()) {
    addresses_.push_back(user().mail);
    for (const std::string& alias : user().aliases)
      if (alias != user().mail) addresses_.push_back(alias);
  }
  return addresses_;
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
