#include "mail/imap/conversation_search.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "mail/imap/message_fetch.hpp"
#include "mail/imap/message_search.hpp"
#include "mail/imap/thread_data.hpp"
#include "mail/sort_key.hpp"
#include "mail/threading/conversations.hpp"

namespace gw::mail::imap {
namespace {

using Uids = std::vector<Uid>;

/// One mail of a conversation. `rank` grows with the time of arrival.
struct Member {
  std::uint64_t rank = 0;
  Uid uid = 0;
  std::uint16_t level = 0;
  bool is_own = true;
};

/// Conversations of a folder, of which there may be as many as mails: two blocks of memory hold them all.
class Groups {
 public:
  void add(const Member& member, bool begins_group) {
    if (begins_group || groups_.empty()) groups_.push_back({members_.size(), 0});
    members_.push_back(member);
    ++groups_.back().count;
  }
  [[nodiscard]] std::size_t size() const { return groups_.size(); }
  [[nodiscard]] std::span<Member> group(std::size_t index) { return members_of(groups_[index]); }
  [[nodiscard]] std::span<const Member> group(std::size_t index) const { return members_of(groups_[index]); }
  /// The mail that stands for the conversation: the newest, once they are sorted.
  [[nodiscard]] const Member& head(std::size_t index) const { return members_[groups_[index].begin]; }

  template <class Less>
  void sort_by_heads(const Less& is_before) {
    std::stable_sort(groups_.begin(), groups_.end(), [&](const Span& a, const Span& b) {
      return is_before(members_[a.begin], members_[b.begin]);
    });
  }
  template <class Condition>
  void drop_if(const Condition& goes) {
    std::erase_if(groups_, [&](const Span& each) { return goes(members_of(each)); });
  }
  void reverse() { std::reverse(groups_.begin(), groups_.end()); }

 private:
  struct Span {
    std::size_t begin = 0, count = 0;
  };
  [[nodiscard]] std::span<Member> members_of(const Span& each) {
    return std::span(members_).subspan(each.begin, each.count);
  }
  [[nodiscard]] std::span<const Member> members_of(const Span& each) const {
    return std::span(members_).subspan(each.begin, each.count);
  }
  std::vector<Member> members_;
  std::vector<Span> groups_;
};

/// When mails arrived, as their place in the order of arrival.
class Ranks {
 public:
  explicit Ranks(const Uids& by_arrival) {
    ranks_.reserve(by_arrival.size());
    for (const Uid uid : by_arrival) ranks_.emplace_back(uid, static_cast<std::uint32_t>(ranks_.size()));
    if (!std::is_sorted(by_arrival.begin(), by_arrival.end())) std::sort(ranks_.begin(), ranks_.end());
  }
  [[nodiscard]] Uid first() const { return ranks_.empty() ? 1 : ranks_.front().first; }
  /// Empty for a mail that is not among them.
  [[nodiscard]] std::optional<std::uint32_t> find(Uid uid) const {
    const auto at = std::lower_bound(ranks_.begin(), ranks_.end(), std::pair(uid, std::uint32_t{0}));
    return at == ranks_.end() || at->first != uid ? std::nullopt : std::optional(at->second);
  }

 private:
  std::vector<std::pair<Uid, std::uint32_t>> ranks_;
};

void keep_newest(Uids& uids, std::size_t newest) {
  if (newest > 0 && uids.size() > newest)
    uids.erase(uids.begin(), uids.end() - static_cast<std::ptrdiff_t>(newest));
}

std::string_view thread_algorithm(const Connection& line) {
  if (line.has("THREAD=REFS")) return "REFS";
  return line.has("THREAD=REFERENCES") ? "REFERENCES" : "";
}

Groups thread_on_server(Session& session, std::string_view folder, const Uids& by_arrival) {
  const Ranks ranks(by_arrival);
  session.open(folder, Mode::Read);
  Connection& line = session.connection();
  Command command("UID THREAD");
  command.add(std::string(thread_algorithm(line)) + " UTF-8");
  // Fewer mails need not be threaded: those before the oldest are of no interest, however many there are.
  command.add("UID " + std::to_string(ranks.first()) + ":*");
  Groups groups;
  const Response answer = line.run(command, [&](Response& response) {
    if (response.word != "THREAD") return;
    bool begins = true;
    for (const ThreadedUid& each : parse_threads(response.text)) {
      begins = begins || each.is_first;
      const auto rank = ranks.find(each.uid);
      if (!rank) continue;
      groups.add({*rank, each.uid, each.level, true}, begins);
      begins = false;
    }
  });
  require_ok(answer, line.host(), {std::string(folder), &errors::imap::kNoRead});
  return groups;
}

struct Threadable {
  std::vector<threading::Entry> entries;
  std::vector<Member> members;
};

void add_threadable(Session& session, std::string_view folder, const Uids& uids, bool is_own,
                    Threadable& to) {
  FetchSet fetch;
  fetch.add(Fetch::Threading).add(Fetch::Received);
  session.read([&](Connection& line) {
    Threadable found;
    fetch_each(session, folder, uids, fetch_items(fetch, line), [&](FetchData&& data) {
      Message& message = data.message;
      if (message.uid == 0 || !message.received) return;
      found.entries.push_back({std::move(message.message_id), std::move(message.in_reply_to),
                               std::move(message.references), is_own});
      found.members.push_back({static_cast<std::uint64_t>(message.received->value), message.uid, 0, is_own});
    });
    std::move(found.entries.begin(), found.entries.end(), std::back_inserter(to.entries));
    std::move(found.members.begin(), found.members.end(), std::back_inserter(to.members));
    return true;
  });
}

Groups thread_here(Session& session, std::string_view folder, const Uids& own, const std::string& sent_folder,
                   std::size_t newest) {
  Threadable all;
  add_threadable(session, folder, own, true, all);
  if (!sent_folder.empty()) {
    Uids sent = search_uids(session, sent_folder, {});
    keep_newest(sent, newest);
    add_threadable(session, sent_folder, sent, false, all);
  }
  Groups groups;
  for (const std::vector<std::size_t>& indexes : threading::group_conversations(all.entries)) {
    for (const std::size_t i : indexes) groups.add(all.members[i], i == indexes.front());
  }
  return groups;
}

void order_by_field(Session& session, std::string_view folder, const std::string& sent_folder,
                    SortField field, Groups& groups) {
  if (field == SortField::Received) return;
  std::map<bool, Uids> heads;
  for (std::size_t i = 0; i < groups.size(); ++i) heads[groups.head(i).is_own].push_back(groups.head(i).uid);
  std::map<std::pair<bool, Uid>, std::string> keys;
  for (const auto& [is_own, uids] : heads) {
    for (const auto& [uid, message] :
         fetch_messages(session, is_own ? folder : sent_folder, uids, fetch_for(field)))
      keys[{is_own, uid}] = sort_key(message, field);
  }
  const auto key_of = [&](const Member& head) -> const std::string& { return keys[{head.is_own, head.uid}]; };
  groups.sort_by_heads([&](const Member& a, const Member& b) { return key_of(a) < key_of(b); });
}

/// Leaves the conversations with a mail of the folder that matches.
void keep_matching(Session& session, std::string_view folder, const SearchTerm& term, Groups& groups) {
  const Uids matching = search_uids(session, folder, term);
  groups.drop_if([&](std::span<const Member> group) {
    return std::none_of(group.begin(), group.end(), [&](const Member& member) {
      return member.is_own && std::binary_search(matching.begin(), matching.end(), member.uid);
    });
  });
}

/// Those from `begin` to before `end`.
std::vector<Conversation> fetch_groups(Session& session, std::string_view folder,
                                       const std::string& sent_folder, const Groups& groups,
                                       std::size_t begin, std::size_t end, const FetchSet& fetch) {
  std::map<bool, Uids> wanted;
  for (std::size_t i = begin; i < end; ++i) {
    for (const Member& member : groups.group(i)) wanted[member.is_own].push_back(member.uid);
  }
  std::map<bool, std::map<Uid, Message>> found;
  for (const auto& [is_own, uids] : wanted)
    found[is_own] = fetch_messages(session, is_own ? folder : sent_folder, uids, fetch);
  std::vector<Conversation> conversations;
  for (std::size_t i = begin; i < end; ++i) {
    Conversation conversation;
    for (const Member& member : groups.group(i)) {
      const auto at = found[member.is_own].find(member.uid);
      if (at == found[member.is_own].end()) continue;
      conversation.messages.push_back(std::move(at->second));
      conversation.messages.back().thread_level = member.level;
    }
    if (!conversation.messages.empty()) conversations.push_back(std::move(conversation));
  }
  return conversations;
}

}  // namespace

std::vector<Conversation> find_conversations(Session& session, std::string_view folder,
                                             const ConversationQuery& query, const FetchSet& fetch,
                                             std::size_t& total) {
  const std::string sent_folder = query.sent_folder == folder ? std::string() : query.sent_folder;
  Groups groups = session.read([&](Connection&) {
    Uids by_arrival = sorted_uids(session, folder, query.term, SortField::Received);
    keep_newest(by_arrival, query.newest);
    const bool by_server = sent_folder.empty() && !thread_algorithm(session.connection()).empty();
    return by_server ? thread_on_server(session, folder, by_arrival)
                     : thread_here(session, folder, by_arrival, sent_folder, query.newest);
  });
  if (query.some.kind != SearchTerm::Kind::All) {
    session.read([&](Connection&) {
      keep_matching(session, folder, query.some, groups);
      return true;
    });
  }
  const auto is_newer = [](const Member& a, const Member& b) {
    return std::tie(a.rank, a.uid) > std::tie(b.rank, b.uid);
  };
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::span<Member> group = groups.group(i);
    std::sort(group.begin(), group.end(), is_newer);
  }
  groups.sort_by_heads([&](const Member& a, const Member& b) { return is_newer(b, a); });
  order_by_field(session, folder, sent_folder, query.sort, groups);
  if (query.descending) groups.reverse();
  total = groups.size();
  const std::size_t last = std::min(query.range.last, groups.size());
  if (query.range.first >= last) return {};
  return fetch_groups(session, folder, sent_folder, groups, query.range.first, last, fetch);
}

}  // namespace gw::mail::imap
