// Names of mail folders and mails as the HTTP API writes them: `default<account>/<full name>`, and a mail's
// id behind it. Source: spec mail section 1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/message.hpp"

namespace gw::mailbox {

struct FolderPath {
  std::int64_t account = 0;
  std::string fullname;  ///< Unicode, with the server's separator; "" is the account's root
  bool operator==(const FolderPath&) const = default;
};

/// True for `default0` and `default0/…`: what the folder module leaves to mail accounts.
bool is_mail_folder(std::string_view id);
/// Without the prefix it is a folder of account 0. Errors: MSG-1002 for an empty text.
FolderPath parse_folder_path(std::string_view id);
std::string format_folder_path(std::int64_t account, std::string_view fullname);
std::string format_folder_path(const FolderPath& path);

/// Errors: MSG-0086 for "undefined", which broken clients send; MSG-0032 for all that can be no id.
mail::Uid parse_mail_id(std::string_view id, std::string_view folder);

struct MailPath {
  FolderPath folder;
  mail::Uid uid = 0;
};
/// Errors: MSG-0009.
MailPath parse_mail_path(std::string_view path);
std::string format_mail_path(const FolderPath& folder, mail::Uid uid);

}  // namespace gw::mailbox
