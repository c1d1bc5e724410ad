// How far a user's INBOX was looked through for scheduling mails, and which of them were acted upon. One
// process at a time works on it (UserLease). Source: users p5.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/unit_of_work.hpp"

namespace gw::model::scheduling {

struct InboxMark {
  std::int64_t uid_validity = 0;
  std::int64_t uid_next = 0;
  Millis checked;
  bool operator==(const InboxMark&) const = default;
};

/// Of the caller. Empty: it was never looked at.
std::optional<InboxMark> find_mark(UnitOfWork& work);
void store_mark(UnitOfWork& work, const InboxMark& mark);

/// What a look at the INBOX may have to do for the caller.
struct Duties {
  std::int64_t uid_next = 0;     ///< as InboxMark
  bool has_letters_due = false;  ///< claim_due may have some (outbox.hpp)
};
/// Both in one select, as each list of the INBOX asks. Empty: it was never looked at, which tells nothing of
/// letters. Who had no letters due is not asked for again by this process for 5 seconds: letters that fail
/// are tried again after a minute at the soonest, and a uid_next that another process has raised since costs
/// one look more.
std::optional<Duties> find_duties(UnitOfWork& work);
/// The caller has letters: he is asked for again.
void end_quiet(const Caller& caller);

/// The key of a mail: by its Message-ID, or by its place where it has none.
std::string mail_key(std::string_view message_id, std::int64_t uid_validity, std::int64_t uid);
bool is_taken(UnitOfWork& work, std::string_view key);
/// What is older than 90 days is forgotten then. Noting it twice does no harm.
void note_taken(UnitOfWork& work, std::string_view key);

}  // namespace gw::model::scheduling
