// The uids that new mails got: told by UIDPLUS, else found again by Message-ID among what is new in the
// folder. Source: RFC 4315, spec mal section 8.1.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/session.hpp"
#include "mail/message.hpp"

namespace gw::mail::imap {

/// `<validity> <old uids> <new uids>` of COPYUID. Sets of different sizes tell nothing. Errors: BadResponse.
void add_copied_uids(std::string_view arguments, std::map<Uid, Uid>& copied);

/// May stand in a FLAGS list as a keyword.
bool is_keyword(std::string_view word);

/// Looks for the Message-ID in the first bytes of a message that passes by.
class HeaderSniffer {
 public:
  void take(std::string_view bytes);
  /// With brackets; empty when there is none in the first 64 KiB.
  [[nodiscard]] std::string message_id() const;

 private:
  std::string head_;
};

/// Remembers where a folder ends, to find what was added. Cost: a STATUS before, a FETCH of the new mails
/// after.
class NewMailFinder {
 public:
  NewMailFinder(Session& session, std::string_view folder);
  /// Empty when no or several new mails have the id.
  std::optional<Uid> find(const std::string& message_id);
  /// Uids of new mails by Message-ID.
  std::multimap<std::string, Uid> find_all();

 private:
  Session& session_;
  std::string folder_;
  std::uint64_t next_uid_ = 0;
};

/// The same for copies of several mails.
class CopyFinder {
 public:
  CopyFinder(Session& session, std::string_view from, std::string_view to, std::span<const Uid> uids);
  std::map<Uid, Uid> find();

 private:
  std::vector<std::pair<Uid, std::string>> ids_;
  NewMailFinder target_;
};

}  // namespace gw::mail::imap
