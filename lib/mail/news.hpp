// What is told of a mail that has just come into the INBOX, however we learnt of it: a mail server told us
// (ajax/push/mail_news), or we listened (mod_oxpush). Source: spec push-modern sections 3 and 5.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace gw::mail {

/// As far as it is known.
struct News {
  std::int64_t uid_validity = 0, uid = 0;  ///< 0: unknown
  std::string from, subject;               ///< header values, still encoded
  std::string teaser;
  std::optional<std::int64_t> unread;
};

/// The same number for the same mail, by which repeats are known; 0 when it cannot be told.
std::int64_t number_of(const News& news);

/// What browsers get, a JSON object: folder, id, cid, email, displayname, subject, teaser and unread, as far
/// as they are known; texts of at most 250 characters.
std::string describe(const News& news);

}  // namespace gw::mail
