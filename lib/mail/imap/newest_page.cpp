#include "mail/imap/newest_page.hpp"

#include <algorithm>

#include "mail/imap/message_fetch.hpp"
#include "mail/imap/message_search.hpp"

namespace gw::mail::imap {
namespace {

/// Whether the mails of this page, the newest ones, prove that all new mails keep the order; remembers it.
bool is_proven_by(const std::vector<Message>& ascending, bool is_whole_folder, ArrivalOrder known,
                  Session& session, std::string_view folder) {
  const bool reaches_known =
      is_whole_folder || (!ascending.empty() && ascending.front().uid < known.next_uid);
  if (!reaches_known) return false;
  bool has_new = false;
  for (const Message& message : ascending) {
    if (message.uid < known.next_uid) continue;
    if (!message.received || *message.received < known.last) return false;
    known.last = *message.received;
    known.next_uid = message.uid + 1;
    has_new = true;
  }
  if (has_new) session.memory().remember(std::string(folder), known);
  return true;
}

}  // namespace

std::optional<Page> fetch_page_by_number(Session& session, std::string_view folder, const Query& query,
                                         const FetchSet& fetch) {
  return session.read([&](Connection&) -> std::optional<Page> {
    const auto known = session.memory().arrival_order(std::string(folder));
    if (!known) return std::nullopt;
    const Mailbox& mailbox = session.open(folder, Mode::Read);
    if (mailbox.uid_validity != known->uid_validity) return std::nullopt;
    Page page;
    const std::size_t total = page.total = mailbox.exists;
    const std::size_t last = std::min(query.range.last, total);
    if (query.range.first >= last) return page;
    const std::size_t begin = query.descending ? total - last : query.range.first;
    const std::size_t end = query.descending ? total - query.range.first : last;
    FetchSet items = fetch;
    items.add(Fetch::Received);
    Connection& line = session.connection();
    Command command("FETCH");
    command.add(std::to_string(begin + 1) + ":" + std::to_string(end)).add(fetch_items(items, line));
    std::vector<std::pair<std::uint32_t, Message>> found;
    const Response answer = line.run(command, [&](Response& response) {
      if (response.word != "FETCH") return;
      FetchData data = parse_fetch(response.number, response.text);
      if (data.message.uid == 0 || data.sequence <= begin || data.sequence > end) return;
      data.message.folder = folder;
      found.emplace_back(data.sequence, std::move(data.message));
    });
    require_ok(answer, line.host(), {std::string(folder), &errors::imap::kNoRead});
    const auto by_number = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::stable_sort(found.begin(), found.end(), by_number);
    found.erase(std::unique(found.begin(), found.end(),
                            [](const auto& a, const auto& b) { return a.first == b.first; }),
                found.end());
    for (auto& [number, message] : found) page.messages.push_back(std::move(message));
    const bool has_newest = end == total;
    const bool is_proven = has_newest && is_proven_by(page.messages, begin == 0, *known, session, folder);
    if (!is_proven && !extend_arrival_order(session, folder)) return std::nullopt;
    if (query.descending) std::reverse(page.messages.begin(), page.messages.end());
    return page;
  });
}

}  // namespace gw::mail::imap
