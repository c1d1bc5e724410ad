#include "mail/pop3/folders.hpp"

#include "core/errors/mail.hpp"
#include "core/text.hpp"

namespace gw::mail::pop3 {
namespace {

namespace errors = gw::errors::msg;

}  // namespace

bool is_root(std::string_view folder) { return folder.empty() || folder == "default"; }
bool is_inbox(std::string_view folder) { return equal_ignoring_ascii_case(folder, kInbox); }

void require_inbox(std::string_view folder) {
  if (is_root(folder)) throw ApiError(errors::kHoldsNoMessages, {std::string(folder)});
  if (!is_inbox(folder)) throw ApiError(errors::kFolderNotFound, {std::string(folder)});
}

void refuse(std::string_view what) { throw ApiError(errors::kUnsupportedOperation, {std::string(what)}); }

bool Folders::exists(std::string_view folder) { return is_root(folder) || is_inbox(folder); }

Folder Folders::get(std::string_view name, bool with_counters) {
  if (!exists(name)) throw ApiError(errors::kFolderNotFound, {std::string(name)});
  Folder folder;
  folder.keeps_keywords = false;
  folder.is_subscribed = true;
  if (is_root(name)) {
    folder.name = maildrop_.account().name;
    folder.holds_messages = false;
    folder.has_subfolders = folder.has_subscribed_subfolders = true;
    folder.own_rights = "l";
    return folder;
  }
  folder.fullname = folder.name = kInbox;
  folder.holds_folders = false;
  folder.default_kind = DefaultFolder::Inbox;
  folder.own_rights = "lrte";
  if (with_counters) folder.counters = counters(name);
  return folder;
}

std::vector<Folder> Folders::children(std::string_view parent, const ListRequest& request) {
  if (!exists(parent)) throw ApiError(errors::kFolderNotFound, {std::string(parent)});
  if (!is_root(parent)) return {};
  return {get(kInbox, request.counters)};
}

std::vector<Folder> Folders::list_all(const ListRequest& request) { return children("", request); }

std::string Folders::default_folder(DefaultFolder kind) {
  return kind == DefaultFolder::Inbox ? std::string(kInbox) : "";
}

DefaultFolder Folders::default_kind(std::string_view folder) {
  return is_inbox(folder) ? DefaultFolder::Inbox : DefaultFolder::None;
}

std::string Folders::create(std::string_view, std::string_view,
                            const std::optional<std::vector<FolderPermission>>&) {
  refuse("new folders");
}

std::string Folders::move(std::string_view, std::string_view, std::string_view) {
  refuse("renaming folders");
}

std::string Folders::remove(std::string_view, bool) { refuse("deleting folders"); }

void Folders::clear(std::string_view folder, bool hard) {
  require_inbox(folder);
  if (!hard) refuse("a trash folder");
  std::vector<Uid> uids;
  for (const Maildrop::Item& item : maildrop_.items()) uids.push_back(item.uid);
  maildrop_.remove(uids);
}

void Folders::subscribe(std::string_view folder, bool on) {
  require_inbox(folder);
  if (!on) refuse("hiding folders");
}

void Folders::set_permissions(std::string_view, const std::vector<FolderPermission>&) {
  refuse("permissions");
}

/// Nothing is unread, because nothing could ever be marked as read.
Counters Folders::counters(std::string_view folder) {
  require_inbox(folder);
  return {static_cast<std::int64_t>(maildrop_.items().size()), 0, 0, 0};
}

Validity Folders::validity(std::string_view folder) {
  require_inbox(folder);
  return {1, 0, 0};
}

Quota Folders::quota(std::string_view) { return {}; }

}  // namespace gw::mail::pop3
