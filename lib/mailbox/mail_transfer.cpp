#include "mailbox/mail_transfer.hpp"

#include <algorithm>

#include "core/errors/mail.hpp"

namespace gw::mailbox {
namespace {

constexpr std::size_t kTransferBlock = 20;

/// The storage and the folder in it.
struct Place {
  mail::MessageStorage& messages;
  const std::string& folder;
  std::int64_t largest;  ///< bytes of one mail
};

/// Appends the new uids of one block.
void transfer_block(const Place& from, const Place& to, std::span<const mail::Uid> uids, bool removes,
                    NewUids& placed) {
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Flags).add(mail::Fetch::Received);
  const auto known = from.messages.get(from.folder, uids, fetch);
  std::vector<mail::Deposit> deposits;
  std::vector<mail::Uid> stored;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < uids.size(); ++i) {
    auto spool = known[i] ? fetch_whole(from.messages, from.folder, uids[i], from.largest) : std::nullopt;
    if (!spool) continue;
    mail::MessageFlags flags = known[i]->flags;
    flags.flags.set(mail::Flag::Recent, false);
    deposits.push_back({spool->open(), spool->size(), std::move(flags), known[i]->received});
    stored.push_back(uids[i]);
    places.push_back(placed.size() + i);
  }
  placed.resize(placed.size() + uids.size());
  if (deposits.empty()) return;
  const NewUids made = to.messages.append(to.folder, deposits);
  for (std::size_t i = 0; i < made.size() && i < places.size(); ++i) placed[places[i]] = made[i];
  if (removes) from.messages.remove(from.folder, stored);
}

}  // namespace

std::optional<Spool> fetch_whole(mail::MessageStorage& messages, const std::string& folder, mail::Uid uid,
                                 std::int64_t largest) {
  Spool spool;
  const auto is_too_large = [&] { return spool.size() > largest; };
  const bool is_there = messages.read_raw(folder, uid, [&](std::string_view piece) {
    spool.append(piece);
    return !is_too_large();
  });
  if (is_too_large()) throw ApiError(errors::msg::kMessageTooBig, {std::to_string(largest)});
  return is_there ? std::optional(std::move(spool)) : std::nullopt;
}

NewUids transfer_mails(Mailbox& mailbox, const FolderPath& from, const FolderPath& to,
                       std::span<const mail::Uid> uids, bool removes) {
  const std::int64_t largest = mailbox.work().settings().limits.upload;
  const Place source{mailbox.messages(from.account), from.fullname, largest};
  const Place target{mailbox.messages(to.account), to.fullname, largest};
  NewUids placed;
  for (std::size_t begin = 0; begin < uids.size(); begin += kTransferBlock)
    transfer_block(source, target, uids.subspan(begin, std::min(kTransferBlock, uids.size() - begin)),
                   removes, placed);
  return placed;
}

}  // namespace gw::mailbox
