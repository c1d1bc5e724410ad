// Sending a mail, and everything that belongs to it: who may be the sender, the copy, the flags of the
// original, the draft. Source: spec mail sections 8.1, 8.3 and 8.4.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "mail/mime/composition.hpp"
#include "mailbox/mailbox.hpp"

namespace gw::mailbox {

struct Order {
  mail::mime::Composition composition;
  bool keeps_copy = true;           ///< in the sent folder
  std::vector<MailPath> answered;   ///< get \Answered
  std::vector<MailPath> forwarded;  ///< get $Forwarded
  std::optional<MailPath> draft;    ///< removed when the mail is out
  bool collects_addresses = true;   ///< of the recipients, if the user wants that (address_collection.hpp)
  /// Told once when a server has taken the mail for one recipient at least, or may have: from then on what
  /// the mail names must stay. Must not throw.
  std::function<void()> when_accepted = {};
  /// Asked once before a server gets the last bytes of the mail: until then nobody can have it, whatever
  /// becomes of this process. What it throws ends the sending.
  std::function<void()> before_last_bytes = {};
  bool is_paced = true;  ///< one of the mails that GroupwareMailInterval keeps apart
};

struct Outcome {
  std::optional<MailPath> stored;  ///< the copy or the draft
  /// The mail is out; this went wrong afterwards: MSG-0042, -0043, -0082, -1013.
  std::vector<std::pair<const ErrorCode*, std::vector<std::string>>> warnings;
};

/// Sends once, by the account whose address the sender is. Errors: MSG-0037 no From or no recipient, MSG-0056
/// a sender that is not the user's, MSG-0075 too soon, MSG-0076 too many recipients, MSG-1008 a bad address,
/// MSG-1009 a bad header, and those of Transport: nothing was sent.
Outcome send(Mailbox& mailbox, const Order& order);

/// Bytes that are ready.
struct Finished {
  mail::ByteSource bytes;
  std::int64_t size = 0;
};
/// A mail that somebody else has built, as it stands but for its Bcc lines. `envelope.sender` is checked.
/// Without a `copy` none is kept. Errors: as send.
Outcome send_raw(Mailbox& mailbox, const mail::Envelope& envelope, const Finished& wire,
                 const std::optional<Finished>& copy);

/// What send checks before it does anything. Errors: MSG-1008, MSG-1009.
void require_buildable(const mail::mime::Composition& composition);
/// Gives the account that sends. Errors: MSG-0037, MSG-0056, MSG-0076.
std::int64_t require_sendable(Mailbox& mailbox, const mail::Envelope& envelope);

/// The copy that an earlier try to send the mail with this Message-ID has left. Empty: there is none.
/// Errors: MSG-0056, and those of the account's server.
std::optional<MailPath> find_copy(Mailbox& mailbox, const mail::mime::Composition& composition);

/// Stores first, then removes the draft that it replaces. Gives the new one.
/// Errors: MSG-0116 quota, MSG-0085 whatever else the server says, MSG-1008, MSG-1009.
MailPath save_draft(Mailbox& mailbox, const mail::mime::Composition& composition,
                    const std::optional<MailPath>& replaces);

/// Mails that come from outside into a folder, in order. Errors: MSG-0117 quota, and those of append.
std::vector<std::optional<mail::Uid>> store_mails(Mailbox& mailbox, const FolderPath& folder,
                                                  std::span<mail::Deposit> mails);

/// Builds the mail and puts it into a folder, read, instead of sending it. Empty: it is there, but the server
/// does not tell where. Errors: MSG-1008, MSG-1009, and those of store_mails.
std::optional<mail::Uid> store_unsent(Mailbox& mailbox, const FolderPath& folder,
                                      const mail::mime::Composition& composition);

}  // namespace gw::mailbox
