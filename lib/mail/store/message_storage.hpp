// Mails of one connected account. Errors are ApiError MSG and IMAP codes as spec mal sections 6 and 8.3
// assign them. Nothing here sets \Seen unless it says so.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/errors/mail.hpp"
#include "mail/message.hpp"
#include "mail/search_term.hpp"
#include "mail/store/transport.hpp"

namespace gw::mail {

enum class SortField {
  Received,
  Sent,
  From,
  To,
  Cc,
  Subject,
  Size,
  Id,
  Seen,
  Flagged,
  Answered,
  Forwarded,
  Draft,
  Color,
  Attachment,
  Account
};

struct Range {
  std::size_t first = 0, last = SIZE_MAX;  ///< half-open, of the sorted and filtered list
};

struct Query {
  SearchTerm term;
  SortField sort = SortField::Received;
  bool descending = false;
  Range range;
};

struct Page {
  std::vector<Message> messages;
  std::size_t total = 0;  ///< matches before the range was cut
};

/// A conversation: its mails newest first.
struct Conversation {
  std::vector<Message> messages;
};
struct ConversationQuery {
  std::string sent_folder;  ///< empty: its mails are not joined
  std::size_t newest = 0;   ///< only that many newest mails are threaded; 0: all
  SearchTerm term;
  /// Only conversations with a mail of the folder that matches; All: every one. Its other mails come along.
  SearchTerm some;
  SortField sort = SortField::Received;
  bool descending = true;
  Range range;
};

/// A message to store. `bytes` is read once.
struct Deposit {
  ByteSource bytes;
  std::int64_t size = 0;
  MessageFlags flags;
  std::optional<Millis> received;
};

/// What a Sieve script did to one mail.
struct FilterOutcome {
  enum class Kind { Ok, Warnings, Errors } kind = Kind::Ok;
  Uid uid = 0;
  std::string text;  ///< the server's, for warnings and errors
};

/// Takes decoded or raw bytes as they come; false stops the transfer (the connection is then closed).
using ByteSink = std::function<bool(std::string_view)>;

/// Threads: one at a time. A folder that vanished: MSG-1002; that holds no messages: MSG-0050; without right:
/// IMAP-2005.
class MessageStorage {
 public:
  virtual ~MessageStorage() = default;
  /// Cost: one SORT or SEARCH, one FETCH of the page.
  virtual Page search(std::string_view folder, const Query& query, const FetchSet& fetch) = 0;
  /// Parallel to `uids`; empty where a mail is gone.
  virtual std::vector<std::optional<Message>> get(std::string_view folder, std::span<const Uid> uids,
                                                  const FetchSet& fetch) = 0;
  virtual std::vector<Conversation> conversations(std::string_view folder, const ConversationQuery& query,
                                                  const FetchSet& fetch, std::size_t& total) = 0;
  /// In the folder; `elsewhere` looks into INBOX, sent and all others next.
  virtual std::optional<std::pair<std::string, Uid>> find_by_message_id(std::string_view folder,
                                                                        std::string_view id,
                                                                        bool elsewhere) = 0;

  /// Whole message as stored, streamed. False: it is gone.
  virtual bool read_raw(std::string_view folder, Uid uid, const ByteSink& sink) = 0;
  /// Only the header section.
  virtual std::optional<std::string> read_headers(std::string_view folder, Uid uid) = 0;
  /// The bytes of one part with its transfer encoding undone, streamed. False: mail or part is gone.
  virtual bool read_part(std::string_view folder, Uid uid, const Part& part, const ByteSink& sink) = 0;
  /// Decoded texts of several small parts in one command; each cut to `most` bytes.
  virtual std::vector<std::string> read_texts(std::string_view folder, Uid uid, std::span<const Part> parts,
                                              std::int64_t most) = 0;

  /// Gives the new uids in order; empty where the server does not tell and it could not be found.
  virtual std::vector<std::optional<Uid>> append(std::string_view folder, std::span<Deposit> messages) = 0;
  /// Parallel to `uids`; empty for missing ones. Errors: IMAP-2036 same folder, -2006, -2007, MSG-1024.
  virtual std::vector<std::optional<Uid>> copy(std::string_view from, std::string_view to,
                                               std::span<const Uid> uids) = 0;
  virtual std::vector<std::optional<Uid>> move(std::string_view from, std::string_view to,
                                               std::span<const Uid> uids) = 0;
  /// For good, and only these. Missing ones are passed over.
  virtual void remove(std::string_view folder, std::span<const Uid> uids) = 0;

  /// No uids: every mail of the folder. Errors: IMAP-2010, -2011, -2006, -2025.
  virtual void change_flags(std::string_view folder, std::optional<std::span<const Uid>> uids, FlagSet flags,
                            const std::vector<std::string>& keywords, bool set) = 0;
  /// Whether keywords that are new to the folder can be set in it. Errors: as change_flags.
  virtual bool keeps_keywords(std::string_view /*folder*/) { return false; }
  /// Runs a Sieve script on every mail of the folder; those that it moved away or discarded are gone then.
  /// Gives the mails that it did something to. Errors: MSG-0087 where the server cannot, MAIL_FILTER-0025
  /// with the server's text when it does not take the script.
  virtual std::vector<FilterOutcome> filter(std::string_view /*folder*/, std::string_view /*script*/) {
    throw ApiError(errors::msg::kUnsupportedOperation, {"FILTER=SIEVE"});
  }
  virtual void set_color(std::string_view folder, std::optional<std::span<const Uid>> uids, int color) = 0;
};

}  // namespace gw::mail
