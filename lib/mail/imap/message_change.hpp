// Changes of mails: append, copy, move, remove, flags; each with what old servers need instead. Nothing that
// could happen twice is repeated. Source: spec mail sections 7.1 and 7.2, spec mal section 8.1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/session.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::mail::imap {

using NewUids = std::vector<std::optional<Uid>>;

NewUids append_messages(Session& session, std::string_view folder, std::span<Deposit> messages);
/// Copies get \Draft in the drafts folder and lose it elsewhere, as far as their new uids are known.
NewUids copy_messages(Session& session, std::string_view from, std::string_view to,
                      std::span<const Uid> uids);
NewUids move_messages(Session& session, std::string_view from, std::string_view to,
                      std::span<const Uid> uids);
/// Only these, whatever else is marked as deleted.
void remove_messages(Session& session, std::string_view folder, std::span<const Uid> uids);

struct FlagChange {
  std::vector<std::string> words;
  bool is_set = true;
  const ErrorCode* no_permission = &errors::imap::kNoWrite;
};
/// No uids: all. Cost: one STORE per 8,000 bytes of uids, pipelined.
void store_flags(Session& session, std::string_view folder, std::optional<std::span<const Uid>> uids,
                 std::span<const FlagChange> changes);

}  // namespace gw::mail::imap
