// What a user's mail accounts are to one request: opened at first use, given back at its end. Protocols are
// in lib/mail. Source: spec mal section 1 ("mail interface"), mail sections 7 and 13.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "mail/store/provider.hpp"
#include "mailbox/accounts/account_record.hpp"
#include "mailbox/accounts/reach.hpp"
#include "mailbox/folder_path.hpp"
#include "mailbox/primary_account.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/user.hpp"
#include "session/session.hpp"

namespace gw::mailbox {

/// Whose connections may be shared: those of one session.
std::string connection_key(const session::Session& session);

/// Ends the idle connections of a session that is over, in this process; others end by their age.
void forget_connections(const mail::Registry& registry, const session::Session& session);

/// Threads: one. The unit of work must outlive it. Whatever talks to a server releases the database
/// connection before.
class Mailbox {
 public:
  /// Errors: MSG-0013 without the module, MSG-0112 when no mail server is configured.
  Mailbox(model::UnitOfWork& work, const mail::Registry& registry, const session::Session& session,
          const MailKeys& keys);
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  /// Errors: MSG-0087 for unified mail, which has no server: what can be done with it is in unified/;
  /// ACC-0002 for an account that the user does not have; MSG-1000 when the session has no password; of
  /// further accounts those of accounts::make_account.
  const mail::Account& account(std::int64_t id);
  /// Connected. Errors: as account, and those of Provider::connect.
  mail::Access& access(std::int64_t account);
  mail::FolderStorage& folders(std::int64_t account) { return access(account).folders(); }
  mail::MessageStorage& messages(std::int64_t account) { return access(account).messages(); }
  /// Connects to several accounts at the same time. Gives what went wrong with each. Errors: as account.
  std::vector<std::optional<ApiError>> connect_all(std::span<const std::int64_t> ids);
  /// For bodies that are sent when the request's own objects are gone. Threads: one at a time.
  std::shared_ptr<mail::Access> share_access(std::int64_t account);
  /// Errors: MSG-0065 when the account sends nothing, ACC-0002.
  std::unique_ptr<mail::Transport> open_transport(std::int64_t account);

  /// What the user entered: further accounts by id, and under 0 what he changed of the primary one.
  const std::vector<accounts::AccountRecord>& records();
  /// Null: there is no such record.
  const accounts::AccountRecord* find_record(std::int64_t id);
  [[nodiscard]] const accounts::Reach& reach() const { return reach_; }
  [[nodiscard]] const mail::Registry& registry() const { return registry_; }
  [[nodiscard]] const session::Session& session() const { return session_; }

  /// The primary address first, then the aliases; of a further account its address alone.
  const std::vector<std::string>& own_addresses(std::int64_t account = 0);
  /// The account that sends as this address; the primary one first. Errors: MSG-0056 when it is none of the
  /// user's.
  std::int64_t find_sender(std::string_view address);
  /// What new mails are sent as: the address that the user chose, else the primary one.
  mail::Address default_sender();
  const model::users::MailUser& user();
  [[nodiscard]] model::UnitOfWork& work() const { return work_; }

  /// A leaf of the user's settings such as "modules/mail/deletemail", as a truth value.
  bool setting(std::string_view path);
  /// The same as a number or a text; 0 and empty for what is none.
  std::int64_t number(std::string_view path);
  std::string text(std::string_view path);
  /// The folder is the trash or lies below it.
  bool lies_in_trash(const FolderPath& folder);
  /// Full name of a default folder. Errors: empty when the account has none of the kind.
  std::string default_folder(std::int64_t account, mail::DefaultFolder kind);

 private:
  mail::Account make_primary();
  mail::Account make_at_primary(const accounts::AccountRecord& record);

  model::UnitOfWork& work_;
  const mail::Registry& registry_;
  const session::Session& session_;
  std::string cookie_, token_;
  std::shared_ptr<const model::users::MailUser> user_;
  accounts::Reach reach_;
  std::optional<std::vector<accounts::AccountRecord>> records_;
  std::map<std::int64_t, std::vector<std::string>> addresses_;
  std::map<std::int64_t, mail::Account> accounts_;
  std::map<std::int64_t, mail::Places::Place> places_, transport_places_;
  std::map<std::int64_t, std::shared_ptr<mail::Access>> open_;
};

}  // namespace gw::mailbox
