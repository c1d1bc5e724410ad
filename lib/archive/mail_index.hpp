// One line of a mail folder's index in a backup.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/flags.hpp"
#include "mail/message.hpp"

namespace gw::archive {

/// The first line: the folder itself.
struct FolderLine {
  std::string name;  ///< full name
  char separator = '/';
  bool is_subscribed = true;
};
/// The others: what a server knows of a mail beside its bytes.
struct MailLine {
  mail::Uid uid = 0;
  std::int64_t size = 0;
  std::optional<Millis> received;
  mail::MessageFlags flags;
  std::string message_id;
};

std::string format_line(const FolderLine& folder);
std::string format_line(const MailLine& mail);
/// Errors: BrokenArchive.
FolderLine parse_folder_line(std::string_view line);
MailLine parse_mail_line(std::string_view line);

}  // namespace gw::archive
