#include "mailbox/unified/unified_folders.hpp"

#include <algorithm>
#include <array>

#include "core/errors/mail.hpp"
#include "core/text.hpp"

namespace gw::mailbox::unified {
namespace {

using mail::DefaultFolder;

constexpr std::array<Place, 5> kPlaces{{{"INBOX", DefaultFolder::Inbox, {}},
                                        {"Drafts", DefaultFolder::Drafts, {}},
                                        {"Sent", DefaultFolder::Sent, {}},
                                        {"Spam", DefaultFolder::Spam, {}},
                                        {"Trash", DefaultFolder::Trash, {}}}};

}  // namespace

std::span<const Place> places() { return kPlaces; }

Place parse_place(std::string_view fullname) {
  if (fullname.empty()) throw ApiError(errors::msg::kRootFolder);
  const std::string_view name = fullname.substr(0, fullname.find('/'));
  const auto found =
      std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Place& each) { return each.name == name; });
  if (found != kPlaces.end()) {
    if (name.size() == fullname.size()) return *found;
    const std::string_view below = fullname.substr(name.size() + 1);
    if (is_mail_folder(below)) {
      const FolderPath account = parse_folder_path(below);
      if (account.fullname.empty() && account.account != kAccount)
        return {found->name, found->kind, account.account};
    }
  }
  throw ApiError(errors::msg::kFolderNotFound, {format_folder_path(kAccount, fullname)});
}

std::string format_place(std::string_view name, std::int64_t account) {
  return std::string(name) + "/" + format_folder_path(account, "");
}

std::string format_mail_id(const FolderPath& folder, mail::Uid uid) { return format_mail_path(folder, uid); }

MailPath parse_unified_id(std::string_view id, std::string_view folder) {
  const std::string_view text = trim(id);
  const std::size_t slash = text.rfind('/');
  if (slash != std::string_view::npos && is_mail_folder(text.substr(0, slash))) {
    MailPath path{parse_folder_path(text.substr(0, slash)), parse_mail_id(text.substr(slash + 1), folder)};
    if (!path.folder.fullname.empty() && !is_unified(path.folder)) return path;
  }
  // For the errors alone: a number is no mail here.
  parse_mail_id(text == "undefined" ? text : std::string_view(), folder);
  return {};
}

}  // namespace gw::mailbox::unified
