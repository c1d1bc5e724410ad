#include "ajax/mail/mail_tree.hpp"

#include <algorithm>

#include "ajax/mail/mail_call.hpp"
#include "core/errors/folder.hpp"
#include "core/errors/mail.hpp"
#include "mailbox/mail_moves.hpp"
#include "mailbox/unified/unified_mail.hpp"

namespace gw::ajax {
namespace {

namespace folders = model::folders;

// Columns total, new, unread and deleted.
constexpr int kFirstCounter = 309, kLastCounter = 312;

Response answer_path(Invocation& invocation, const mailbox::FolderPath& path) {
  return Response::with_data(Json::string(mailbox::format_folder_path(path)),
                             model::last_stamp(invocation.work.connection(), invocation.work.context()));
}

/// Guests have no mailbox that a server could know them by.
void refuse_guests(const folders::FolderChange& change) {
  if (!change.invitations.empty()) throw ApiError(errors::msg::kUnsupportedOperation, {"guests"});
}

/// The parent that a change names; inside the same account.
std::string new_parent(const mailbox::FolderPath& folder, const std::string& parent, int account_root) {
  if (parent == std::to_string(account_root) && folder.account == 0) return {};
  const mailbox::FolderPath path = mailbox::parse_folder_path(parent);
  if (!mailbox::is_mail_folder(parent) || path.account != folder.account)
    throw ApiError(errors::msg::kFolderMoveRefused, {folder.fullname});
  return path.fullname;
}

}  // namespace

bool offers_mail(const Invocation& invocation) {
  return invocation.runtime.mail_protocols != nullptr && invocation.session != nullptr &&
         invocation.work.settings().mail.is_configured() &&
         invocation.caller().modules.has(model::Module::Webmail) && !invocation.caller().is_guest;
}

FolderSources::FolderSources(const Invocation& invocation, const std::vector<int>& columns)
    : birthdays_(calendars_of(invocation)) {
  mailbox::MailFolders::Wish wish;
  for (const int column : columns) {
    wish.counters = wish.counters || (column >= kFirstCounter && column <= kLastCounter);
    wish.permissions = wish.permissions || column == folders::column::kPermissions;
  }
  add_mail(invocation, wish);
}

FolderSources::FolderSources(const Invocation& invocation) : birthdays_(calendars_of(invocation)) {
  add_mail(invocation, {true, true});
}

void FolderSources::add_mail(const Invocation& invocation, mailbox::MailFolders::Wish wish) {
  list_.push_back(&birthdays_);
  if (!offers_mail(invocation)) return;
  mailbox_ = open_mailbox(invocation);
  mail_ = std::make_unique<mailbox::MailFolders>(*mailbox_, wish);
  list_.push_back(mail_.get());
}

Response create_mail_folder(Invocation& invocation, std::string_view parent,
                            const folders::FolderChange& change) {
  refuse_guests(change);
  if (change.module && *change.module != model::ObjectModule::Mail)
    throw ApiError(errors::fld::kUnknownModule, {std::string(folders::module_name(*change.module))});
  const mailbox::FolderPath path = mailbox::parse_folder_path(parent);
  const auto mailbox = open_mailbox(invocation);
  std::optional<std::vector<mail::FolderPermission>> permissions;
  if (change.permissions) {
    mailbox::require_access_lists(*mailbox, path.account);
    permissions = mailbox::MailLogins(*mailbox).permissions_of(*change.permissions);
  }
  const std::string made =
      mailbox->folders(path.account).create(path.fullname, change.title.value_or(""), permissions);
  return answer_path(invocation, {path.account, made});
}

Response change_mail_folder(Invocation& invocation, std::string_view id, const folders::FolderChange& change,
                            bool cascade) {
  refuse_guests(change);
  mailbox::FolderPath path = mailbox::parse_folder_path(id);
  if (path.fullname.empty()) throw ApiError(errors::msg::kRootFolder);
  const auto mailbox = open_mailbox(invocation);
  mail::FolderStorage& storage = mailbox->folders(path.account);
  if (change.permissions) mailbox::set_permissions(*mailbox, path, *change.permissions, cascade);
  if (change.subscribed) storage.subscribe(path.fullname, *change.subscribed);
  if (change.title || change.parent) {
    const mail::Folder now = storage.get(path.fullname, false);
    constexpr int kPrivate = 1;
    const std::string parent = change.parent ? new_parent(path, *change.parent, kPrivate) : now.parent;
    const std::string title = change.title.value_or(now.name);
    if (parent != now.parent || title != now.name) path.fullname = storage.move(path.fullname, parent, title);
  }
  return answer_path(invocation, path);
}

bool remove_mail_folder(Invocation& invocation, std::string_view id, bool for_good) {
  const mailbox::FolderPath path = mailbox::parse_folder_path(id);
  if (path.fullname.empty()) throw ApiError(errors::msg::kRootFolder);
  const auto mailbox = open_mailbox(invocation);
  const bool is_in_trash = mailbox->lies_in_trash(path);
  return !mailbox->folders(path.account).remove(path.fullname, for_good || is_in_trash).empty();
}

void clear_mail_folder(Invocation& invocation, std::string_view id) {
  const auto mailbox = open_mailbox(invocation);
  const bool for_good = mailbox->setting("mail/harddelete");
  mailbox::unified::for_each_real(
      *mailbox, mailbox::parse_folder_path(id),
      [&](const mailbox::FolderPath& real) { mailbox::clear_folder(*mailbox, real, for_good); });
}

}  // namespace gw::ajax
