// A user's rules on the filter server, for one request: signs in at first use, reads the active script, and
// writes it one change after the other. Source: spec mailfilter sections 2, 5 and 6.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mail/sieve/json.hpp"
#include "mail/sieve/managesieve.hpp"
#include "mail/store/places.hpp"
#include "mailbox/primary_account.hpp"
#include "model/user_lease.hpp"
#include "model/users/user.hpp"
#include "session/session.hpp"

namespace gw::mailbox::filters {

/// Threads: one. The unit of work must outlive it. Whatever talks to the server releases the database
/// connection before. Errors of what does: those of ManageSieve, MAIL_FILTER-0002 also when the session has
/// no password.
class Filters {
 public:
  struct Wish {
    MailKeys keys;
    /// Whose rules; empty: the caller's own. An administrator of the context may name another user of it
    /// where a master signs in (GroupwareSieveMaster).
    std::string_view username;
    mail::Places* places = nullptr;  ///< null: no limit of requests that wait for the server
  };
  /// Errors: MAIL_FILTER-0027 without the right.
  Filters(model::UnitOfWork& work, const session::Session& session, const Wish& wish);
  Filters(const Filters&) = delete;
  Filters& operator=(const Filters&) = delete;

  [[nodiscard]] mail::sieve::Context context() const;
  const mail::sieve::Extensions& extensions() { return server().extensions(); }
  /// How many redirects one mail may take; 0: not known.
  std::size_t max_redirects();

  /// Of the active script; no rules without one. Errors: MAIL_FILTER-0016 when it cannot be read.
  mail::sieve::Script load();
  /// Text of the active script. Errors: MAIL_FILTER-0022 when there is none.
  std::string load_text();
  /// Reads the active script, lets `change` work on it, stores it under our name and makes it active. The
  /// script of another name that was active before stays on the server as it is. Changes of one user wait for
  /// each other, on all nodes. Nothing is stored when `change` throws.
  /// Errors: MAIL_FILTER-0024, -0025 when the server refuses the script, -0015 when another change lasts too
  /// long. Cost: five round trips.
  void change(const std::function<void(mail::sieve::Script&)>& change);
  /// No script is active afterwards; ours is deleted. Works also when it cannot be read.
  void clear();

 private:
  mail::sieve::ManageSieve& server();
  [[nodiscard]] ServerAccess access() const;
  std::unique_ptr<model::UserLease> begin_turn();
  /// What a change begins with: the rules of the active script, then, switched off, those of our own one if
  /// somebody made it inactive.
  mail::sieve::Script load_base();

  model::UnitOfWork& work_;
  const session::Session& session_;
  MailKeys keys_;
  mail::Places* places_;
  mail::Places::Place place_;
  model::users::User user_;
  std::unique_ptr<mail::sieve::ManageSieve> server_;
};

}  // namespace gw::mailbox::filters
