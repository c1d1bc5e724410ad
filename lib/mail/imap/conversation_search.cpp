#include "mail/imap/conversation_search.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

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
  Uid uid = 0;
  bool is_own = true;
  std::uint64_t rank = 0;
  int level = 0;
};
using Group = std::vector<Member>;

void keep_newest(Uids& uids, std::size_t newest) {
  if (newest > 0 && uids.size() > newest)
    uids.erase(uids.begin(), uids.end() - static_cast<std::ptrdiff_t>(newest));
}

std::string_view thread_algorithm(const Connection& line) {
  if (line.has("THREAD=REFS")) return "REFS";
  return line.has("THREAD=REFERENCES") ? "REFERENCES" : "";
}

std::vector<Group> thread_on_server(Session& session, std::string_view folder, const Uids& by_arrival) {
  std::unordered_map<Uid, std::uint64_t> rank;
  for (std::size_t i = 0; i < by_arrival.size(); ++i) rank[by_arrival[i]] = i;
  session.open(folder, Mode::Read);
  Connection& line = session.connection();
  Command command("UID THREAD");
  command.add(std::string(thread_algorithm(line)) + " UTF-8");
  // Fewer mails need not be threaded: those before the oldest are of no interest, however many there are.
  const Uid first = by_arrival.empty() ? 1 : *std::min_element(by_arrival.begin(), by_arrival.end());
  command.add("UID " + std::to_string(first) + ":*");
  std::vector<Group> groups;
  const Response answer = line.run(command, [&](Response& response) {
    if (response.word != "THREAD") return;
    for (const auto& thread : parse_threads(response.text)) {
      Group group;
      for (const ThreadedUid& each : thread) {
        if (const auto at = rank.find(each.uid); at != rank.end())
          group.push_back({each.uid, true, at->second, each.level});
      }
      if (!group.empty()) groups.push_back(std::move(group));
    }
  });
  require_ok(answer, line.host(), {std::string(folder), &errors::imap::kNoRead});
  return groups;
}

struct Threadable {
  std::vector<threading::Entry> entries;
  Group members;
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
      found.members.push_back({message.uid, is_own, static_cast<std::uint64_t>(message.received->value), 0});
    });
    std::move(found.entries.begin(), found.entries.end(), std::back_inserter(to.entries));
    std::move(found.members.begin(), found.members.end(), std::back_inserter(to.members));
    return true;
  });
}

std::vector<Group> thread_here(Session& session, std::string_view folder, const Uids& own,
                               const std::string& sent_folder, std::size_t newest) {
  Threadable all;
  add_threadable(session, folder, own, true, all);
  if (!sent_folder.empty()) {
    Uids sent = search_uids(session, sent_folder, {});
    keep_newest(sent, newest);
    add_threadable(session, sent_folder, sent, false, all);
  }
  std::vector<Group> groups;
  for (const std::vector<std::size_t>& indexes : threading::group_conversations(all.entries)) {
    Group group;
    for (const std::size_t i : indexes) group.push_back(all.members[i]);
    groups.push_back(std::move(group));
  }
  return groups;
}

void order_by_field(Session& session, std::string_view folder, const std::string& sent_folder,
                    SortField field, std::vector<Group>& groups) {
  if (field == SortField::Received) return;
  std::map<bool, Uids> heads;
  for (const Group& group : groups) heads[group.front().is_own].push_back(group.front().uid);
  std::map<std::pair<bool, Uid>, std::string> keys;
  for (const auto& [is_own, uids] : heads) {
    for (const auto& [uid, message] :
         fetch_messages(session, is_own ? folder : sent_folder, uids, fetch_for(field)))
      keys[{is_own, uid}] = sort_key(message, field);
  }
  const auto key_of = [&](const Group& group) -> const std::string& {
    return keys[{group.front().is_own, group.front().uid}];
  };
  std::stable_sort(groups.begin(), groups.end(),
                   [&](const Group& a, const Group& b) { return key_of(a) < key_of(b); });
}

/// Leaves the conversations with a mail of the folder that matches.
void keep_matching(Session& session, std::string_view folder, const SearchTerm& term,
                   std::vector<Group>& groups) {
  const Uids found = search_uids(session, folder, term);
  const std::unordered_set<Uid> matching(found.begin(), found.end());
  std::erase_if(groups, [&](const Group& group) {
    return std::none_of(group.begin(), group.end(),
                        [&](const Member& member) { return member.is_own && matching.contains(member.uid); });
  });
}

std::vector<Conversation> fetch_groups(Session& session, std::string_view folder,
                                       const std::string& sent_folder, std::span<const Group> groups,
                                       const FetchSet& fetch) {
  std::map<bool, Uids> wanted;
  for (const Group& group : groups) {
    for (const Member& member : group) wanted[member.is_own].push_back(member.uid);
  }
  std::map<bool, std::map<Uid, Message>> found;
  for (const auto& [is_own, uids] : wanted)
    found[is_own] = fetch_messages(session, is_own ? folder : sent_folder, uids, fetch);
  std::vector<Conversation> conversations;
  for (const Group& group : groups) {
    Conversation conversation;
    for (const Member& member : group) {
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
  std::vector<Group> groups = session.read([&](Connection&) {
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
  for (Group& group : groups) std::sort(group.begin(), group.end(), is_newer);
  std::sort(groups.begin(), groups.end(),
            [&](const Group& a, const Group& b) { return is_newer(b.front(), a.front()); });
  order_by_field(session, folder, sent_folder, query.sort, groups);
  if (query.descending) std::reverse(groups.begin(), groups.end());
  total = groups.size();
  const std::size_t last = std::min(query.range.last, groups.size());
  if (query.range.first >= last) return {};
  return fetch_groups(session, folder, sent_folder,
                      std::span(groups).subspan(query.range.first, last - query.range.first), fetch);
}

}  // namespace gw::mail::imap
