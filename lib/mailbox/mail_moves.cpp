#include "mailbox/mail_moves.hpp"

#include <functional>

#include "core/errors/imap.hpp"
#include "core/errors/mail.hpp"
#include "mailbox/mail_transfer.hpp"

namespace gw::mailbox {
namespace {

/// Mails that are moved with one command when a whole folder goes.
constexpr std::size_t kBlock = 1'000;

void require_folder(const FolderPath& folder) {
  if (folder.fullname.empty()) throw ApiError(errors::msg::kRootFolder);
}

void require_pair(const FolderPath& from, const FolderPath& to) {
  require_folder(from);
  require_folder(to);
}

/// What matches, in blocks that `act` makes vanish: each is gone before the next one is asked for; a server
/// that keeps them ends it.
void for_each_block(Mailbox& mailbox, const FolderPath& folder, mail::SearchTerm term,
                    const std::function<void(std::span<const mail::Uid>)>& act) {
  mail::Query query;
  query.term = std::move(term);
  query.sort = mail::SortField::Id;
  query.range.last = kBlock;
  for (std::size_t before = SIZE_MAX;;) {
    const mail::Page page = mailbox.messages(folder.account).search(folder.fullname, query, {});
    if (page.messages.empty() || page.total >= before) return;
    before = page.total;
    std::vector<mail::Uid> uids;
    for (const mail::Message& mail : page.messages) uids.push_back(mail.uid);
    act(uids);
  }
}

std::vector<mail::Uid> known(const NewUids& uids) {
  std::vector<mail::Uid> found;
  for (const auto& uid : uids)
    if (uid) found.push_back(*uid);
  return found;
}

/// Where mails belong that are spam, or are none; empty: they are there.
std::optional<FolderPath> place_of_spam(Mailbox& mailbox, const FolderPath& folder, bool is_spam) {
  require_folder(folder);
  const std::string spam = mailbox.default_folder(folder.account, mail::DefaultFolder::Spam);
  if (spam.empty()) throw ApiError(errors::imap::kDefaultFolderMissing, {"spam"});
  if ((folder.fullname == spam) == is_spam) return std::nullopt;
  return FolderPath{folder.account, is_spam ? spam : "INBOX"};
}

/// An account without folders of its own (POP3) uses the trash of the primary one.
FolderPath place_of_trash(Mailbox& mailbox, std::int64_t account) {
  std::string trash = mailbox.default_folder(account, mail::DefaultFolder::Trash);
  if (trash.empty() && account != 0) {
    account = 0;
    trash = mailbox.default_folder(account, mail::DefaultFolder::Trash);
  }
  if (trash.empty()) throw ApiError(errors::imap::kDefaultFolderMissing, {"trash"});
  return {account, trash};
}

/// What lies in the drafts folder is a draft, and nothing else is.
void mark_drafts(Mailbox& mailbox, const FolderPath& from, const FolderPath& to, const NewUids& uids) {
  const auto is_drafts = [&](const FolderPath& folder) {
    return folder.fullname == mailbox.default_folder(folder.account, mail::DefaultFolder::Drafts);
  };
  const bool was_draft = is_drafts(from), is_draft = is_drafts(to);
  const std::vector<mail::Uid> moved = known(uids);
  if (was_draft == is_draft || moved.empty()) return;
  mail::FlagSet draft;
  draft.set(mail::Flag::Draft);
  mailbox.messages(to.account).change_flags(to.fullname, std::span(moved), draft, {}, is_draft);
}

}  // namespace

NewUids move_mails(Mailbox& mailbox, const FolderPath& from, const FolderPath& to,
                   std::span<const mail::Uid> uids) {
  require_pair(from, to);
  const NewUids moved = from.account == to.account
                            ? mailbox.messages(from.account).move(from.fullname, to.fullname, uids)
                            : transfer_mails(mailbox, from, to, uids, true);
  mark_drafts(mailbox, from, to, moved);
  return moved;
}

NewUids copy_mails(Mailbox& mailbox, const FolderPath& from, const FolderPath& to,
                   std::span<const mail::Uid> uids) {
  require_pair(from, to);
  const NewUids copied = from.account == to.account
                             ? mailbox.messages(from.account).copy(from.fullname, to.fullname, uids)
                             : transfer_mails(mailbox, from, to, uids, false);
  mark_drafts(mailbox, from, to, copied);
  return copied;
}

std::optional<FolderPath> delete_mails(Mailbox& mailbox, const FolderPath& folder,
                                       std::span<const mail::Uid> uids, bool for_good) {
  require_folder(folder);
  mail::MessageStorage& messages = mailbox.messages(folder.account);
  if (for_good || mailbox.lies_in_trash(folder)) {
    messages.remove(folder.fullname, uids);
    return std::nullopt;
  }
  const FolderPath trash = place_of_trash(mailbox, folder.account);
  try {
    if (trash.account == folder.account)
      messages.move(folder.fullname, trash.fullname, uids);
    else
      transfer_mails(mailbox, folder, trash, uids, true);
  } catch (const ApiError& error) {
    if (error.code() == errors::msg::kServerOverQuota) throw ApiError(errors::msg::kDeleteOverQuota);
    throw;
  }
  return trash;
}

Placed mark_spam(Mailbox& mailbox, const FolderPath& folder, std::span<const mail::Uid> uids, bool is_spam) {
  const auto place = place_of_spam(mailbox, folder, is_spam);
  if (!place) return {folder, NewUids(uids.begin(), uids.end())};
  return {*place, move_mails(mailbox, folder, *place, uids)};
}

void move_all(Mailbox& mailbox, const FolderPath& from, const FolderPath& to) {
  require_pair(from, to);
  if (from == to) throw ApiError(errors::imap::kSameFolder, {from.fullname});
  for_each_block(mailbox, from, {},
                 [&](std::span<const mail::Uid> uids) { move_mails(mailbox, from, to, uids); });
}

void mark_all_spam(Mailbox& mailbox, const FolderPath& folder, bool is_spam) {
  if (const auto place = place_of_spam(mailbox, folder, is_spam)) move_all(mailbox, folder, *place);
}

void expunge(Mailbox& mailbox, const FolderPath& folder) {
  require_folder(folder);
  for_each_block(mailbox, folder, mail::flag_term(mail::Flag::Deleted), [&](std::span<const mail::Uid> uids) {
    mailbox.messages(folder.account).remove(folder.fullname, uids);
  });
}

void clear_folder(Mailbox& mailbox, const FolderPath& folder, bool for_good) {
  require_folder(folder);
  mail::FolderStorage& folders = mailbox.folders(folder.account);
  const bool is_in_trash = mailbox.lies_in_trash(folder);
  folders.clear(folder.fullname, for_good || is_in_trash);
  if (folder.fullname != mailbox.default_folder(folder.account, mail::DefaultFolder::Trash)) return;
  for (const mail::Folder& child : folders.children(folder.fullname, {}))
    folders.remove(child.fullname, true);
}

}  // namespace gw::mailbox
