// What a server's NO or BAD becomes. Source: spec mal section 8.3.
#pragma once

#include <string>

#include "core/errors/mail.hpp"
#include "mail/imap/response.hpp"

namespace gw::mail::imap {

/// What was tried: chooses among the codes that one answer of a server can stand for.
struct Attempt {
  std::string folder;                                            ///< as the user knows it
  const ErrorCode* no_permission = &errors::imap::kNoAccess;     ///< takes the folder
  const ErrorCode* over_quota = &errors::msg::kServerOverQuota;  ///< takes the server's text
};

/// Errors: none for OK; else the code of the table.
void require_ok(const Response& status, const std::string& host, const Attempt& attempt);
/// The mailbox is full, told by code or, from old servers, by text.
bool is_over_quota(const Response& status);
/// Login only. `is_primary` chooses between MSG-1000 and MSG-1001.
[[noreturn]] void throw_login_refusal(const Response& status, const std::string& host,
                                      const std::string& login, bool is_primary);

}  // namespace gw::mail::imap
