#include "mailbox/mail_archive.hpp"

#include <algorithm>
#include <map>

#include "core/errors/imap.hpp"
#include "core/errors/mail.hpp"
#include "mailbox/mail_moves.hpp"

namespace gw::mailbox {
namespace {

/// Mails that are looked at with one command.
constexpr std::size_t kArchiveBlock = 1'000;

class Archiver {
 public:
  Archiver(Mailbox& mailbox, FolderPath from) : mailbox_(mailbox), from_(std::move(from)) {
    if (from_.fullname.empty()) throw ApiError(errors::msg::kRootFolder);
    root_ = mailbox_.default_folder(from_.account, mail::DefaultFolder::Archive);
    if (root_.empty()) throw ApiError(errors::imap::kDefaultFolderMissing, {"archive"});
    const mail::Folder folder = folders().get(root_, false);
    if (!folder.holds_folders) throw ApiError(errors::msg::kArchiveWithoutSubfolders);
    separator_ = folder.separator;
  }

  [[nodiscard]] bool is_from_archive() const {
    return from_.fullname == root_ || from_.fullname.starts_with(root_ + separator_);
  }

  void move(std::span<const mail::Message> mails) {
    std::map<std::int32_t, std::vector<mail::Uid>> years;
    for (const mail::Message& mail : mails)
      years[civil_day(Date::from_millis(mail.received.value_or(Millis{}).value)).year].push_back(mail.uid);
    for (const auto& [year, uids] : years) move_mails(mailbox_, from_, place_of(year), uids);
  }

  std::vector<ArchivePlace> take_places() { return std::move(places_); }

 private:
  mail::FolderStorage& folders() { return mailbox_.folders(from_.account); }

  FolderPath place_of(std::int32_t year) {
    const FolderPath place{from_.account, root_ + separator_ + std::to_string(year)};
    const auto is_it = [&](const ArchivePlace& known) { return known.folder == place; };
    if (std::any_of(places_.begin(), places_.end(), is_it)) return place;
    places_.push_back({place, make(place, year)});
    return place;
  }

  /// False: it was there.
  bool make(const FolderPath& place, std::int32_t year) {
    if (folders().exists(place.fullname)) return false;
    try {
      folders().create(root_, std::to_string(year), std::nullopt);
    } catch (const ApiError& error) {
      // Another request may have been faster.
      if (error.code() != errors::msg::kFolderExists) throw;
      return false;
    }
    return true;
  }

  Mailbox& mailbox_;
  FolderPath from_;
  std::string root_;
  char separator_ = '/';
  std::vector<ArchivePlace> places_;
};

}  // namespace

std::vector<ArchivePlace> archive_mails(Mailbox& mailbox, const FolderPath& from,
                                        std::span<const mail::Uid> uids) {
  Archiver archiver(mailbox, from);
  if (archiver.is_from_archive()) return {};
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Received);
  std::vector<mail::Message> mails;
  for (auto& mail : mailbox.messages(from.account).get(from.fullname, uids, fetch))
    if (mail) mails.push_back(std::move(*mail));
  archiver.move(mails);
  return archiver.take_places();
}

std::vector<ArchivePlace> archive_before(Mailbox& mailbox, const FolderPath& from, Millis end) {
  Archiver archiver(mailbox, from);
  if (archiver.is_from_archive()) return {};
  mail::Query query;
  query.term.kind = mail::SearchTerm::Kind::ReceivedBefore;
  query.term.at = end;
  query.sort = mail::SortField::Id;
  query.range.last = kArchiveBlock;
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Received);
  // Each block is gone before the next one is asked for; a server that keeps them ends it.
  for (std::size_t before = SIZE_MAX;;) {
    const mail::Page page = mailbox.messages(from.account).search(from.fullname, query, fetch);
    if (page.messages.empty() || page.total >= before) return archiver.take_places();
    before = page.total;
    archiver.move(page.messages);
  }
}

}  // namespace gw::mailbox
