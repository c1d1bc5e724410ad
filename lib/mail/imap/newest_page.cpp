#include "mail/imap/newest_page.hpp"

#include <algorithm>
#include <utility>

#include "mail/imap/arrival_order.hpp"
#include "mail/imap/message_fetch.hpp"

namespace gw::mail::imap {
namespace {

constexpr std::size_t kUsualPage = 200;

/// The mails of a page by their message numbers: those behind `begin`, up to `end`.
struct Numbers {
  std::size_t begin = 0, end = 0;
  [[nodiscard]] bool is_empty() const { return begin >= end; }
  [[nodiscard]] bool has(std::size_t number) const { return number > begin && number <= end; }
};

Numbers numbers_of(const Query& query, std::size_t total) {
  const std::size_t last = std::min(query.range.last, total);
  if (query.range.first >= last) return {};
  return query.descending ? Numbers{total - last, total - query.range.first}
                          : Numbers{query.range.first, last};
}

/// One page of a mailbox whose uids were known to be in the order of arrival.
class NumberedPage {
 public:
  NumberedPage(Session& session, std::string_view folder, Numbers numbers, const ArrivalOrder& known)
      : session_(session), folder_(folder), numbers_(numbers), known_(known), check_(known) {
    mails_.reserve(std::min(numbers.end - numbers.begin, kUsualPage));
  }

  /// False: the mailbox has changed since, and other mails have these numbers.
  bool fetch(const FetchSet& fetch, std::size_t total) {
    Connection& line = session_.connection();
    reaches_end_ = numbers_.end == total;
    FetchSet items = fetch;
    items.add(Fetch::Received);
    std::vector<Command> commands;
    commands.emplace_back("FETCH");
    commands.back()
        .add(std::to_string(numbers_.begin + 1) + ":" + std::to_string(numbers_.end))
        .add(fetch_items(items, line));
    if (!reaches_end_) commands.push_back(check_.question());
    std::vector<Response> answers;
    const bool wants_all = fetch.has(Fetch::Envelope) || fetch.has(Fetch::Threading) ||
                           fetch.has(Fetch::Structure) || fetch.has(Fetch::Preview);
    const Detail detail = wants_all ? Detail::All : Detail::List;
    const auto take_fetch = [&](Response& response) {
      if (response.word == "FETCH") take(read_fetch(session_, response, detail));
    };
    if (session_.ask_by_number(std::move(commands), take_fetch, answers)) return false;
    for (const Response& answer : answers)
      require_ok(answer, line.host(), {std::string(folder_), &errors::imap::kNoRead});
    return true;
  }

  /// Whether the mails, and those that came since, keep the order of arrival.
  bool is_in_order() {
    const bool has_all_new = !reaches_end_ || numbers_.begin == 0 ||
                             (!mails_.empty() && mails_.front().second.uid < known_.next_uid);
    return has_all_new ? check_.conclude(session_.memory(), folder_)
                       : extend_arrival_order(session_, folder_);
  }

  std::vector<Message> take_mails(bool descending) {
    std::vector<Message> mails;
    mails.reserve(mails_.size());
    for (auto& [number, mail] : mails_) mails.push_back(std::move(mail));
    if (descending) std::reverse(mails.begin(), mails.end());
    return mails;
  }

 private:
  void take(FetchData&& data) {
    check_.take(data.message);
    if (!numbers_.has(data.sequence)) return;
    // Servers answer in the order of the numbers: nearly always the place is the end.
    const auto at =
        std::lower_bound(mails_.begin(), mails_.end(), data.sequence,
                         [](const auto& each, std::size_t number) { return each.first < number; });
    if (at != mails_.end() && at->first == data.sequence) {
      if (data.has_flags) at->second.flags = std::move(data.message.flags);
    } else if (data.message.uid != 0 && !data.has_only_flags) {
      data.message.folder = folder_;
      mails_.emplace(at, data.sequence, std::move(data.message));
    }
  }

  Session& session_;
  std::string_view folder_;
  Numbers numbers_;
  ArrivalOrder known_;
  ArrivalCheck check_;
  std::vector<std::pair<std::size_t, Message>> mails_;  ///< ascending by number
  bool reaches_end_ = false;
};

}  // namespace

std::optional<Page> fetch_page_by_number(Session& session, std::string_view folder, const Query& query,
                                         const FetchSet& fetch) {
  return session.read([&](Connection&) -> std::optional<Page> {
    const auto known = session.memory().arrival_order(std::string(folder));
    if (!known) return std::nullopt;
    // A second time only when the first told that the mailbox has changed.
    for (;;) {
      const Mailbox& mailbox = session.open_as_known(folder, Mode::Read);
      if (mailbox.uid_validity != known->uid_validity) return std::nullopt;
      const std::size_t total = mailbox.exists;
      const Numbers numbers = numbers_of(query, total);
      if (numbers.is_empty()) {
        if (session.is_fresh()) return Page{{}, total};
        session.open(folder, Mode::Read);
        continue;
      }
      NumberedPage page(session, folder, numbers, *known);
      if (!page.fetch(fetch, total)) continue;
      if (!page.is_in_order()) return std::nullopt;
      return Page{page.take_mails(query.descending), total};
    }
  });
}

}  // namespace gw::mail::imap
