// The maildrop of one request: its list, and what was read of its messages, so that nothing is fetched twice.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "mail/account.hpp"
#include "mail/message.hpp"
#include "mail/mime/structure.hpp"
#include "mail/pop3/client.hpp"

namespace gw::mail::pop3 {

inline constexpr std::string_view kInbox = "INBOX";

/// A whole message on disk, in a file without a name.
class FetchedMessage {
 public:
  FetchedMessage();
  ~FetchedMessage();
  FetchedMessage(const FetchedMessage&) = delete;
  FetchedMessage& operator=(const FetchedMessage&) = delete;
  /// Errors: std::system_error (no space).
  void append(std::string_view bytes);
  [[nodiscard]] mime::ReadAt reader() const { return mime::read_from_file(file_); }
  /// Parsed at the first call.
  const mime::Structure& structure();

 private:
  int file_ = -1;
  std::optional<mime::Structure> structure_;
};

/// Errors: those of Client. Threads: one at a time.
class Maildrop {
 public:
  explicit Maildrop(const Account& account);
  ~Maildrop();
  Maildrop(const Maildrop&) = delete;
  Maildrop& operator=(const Maildrop&) = delete;

  struct Item {
    Uid uid = 0;
    Entry entry;
  };
  /// In order of arrival. Uids are digests of the server's unique ids: the same in every session, save for
  /// the later one of two messages whose digests are equal (one chance in a million at 3,000 messages).
  const std::vector<Item>& items();
  const Item* find(Uid uid);
  /// Parsed header section. Errors: null when the message is gone.
  const mime::HeaderList* headers(Uid uid);
  const std::string* header_text(Uid uid);
  /// Only the last one is kept. Errors: null when the message is gone.
  FetchedMessage* fetch(Uid uid);
  /// Deletes at once: the session ends, the next call begins a new one. Unknown uids are passed over.
  void remove(std::span<const Uid> uids);
  [[nodiscard]] const Account& account() const { return account_; }

 private:
  Client& client();
  Account account_;
  std::unique_ptr<Client> client_;
  std::optional<std::vector<Item>> items_;
  std::map<Uid, std::pair<std::string, mime::HeaderList>> headers_;
  std::unique_ptr<FetchedMessage> fetched_;
  Uid fetched_uid_ = 0;
};

}  // namespace gw::mail::pop3
