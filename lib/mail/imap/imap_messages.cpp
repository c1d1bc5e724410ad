#include "mail/imap/imap_messages.hpp"

#include <algorithm>

#include "mail/imap/conversation_search.hpp"
#include "mail/imap/default_folders.hpp"
#include "mail/imap/folder_listing.hpp"
#include "mail/imap/mailbox_name.hpp"
#include "mail/imap/message_change.hpp"
#include "mail/imap/message_fetch.hpp"
#include "mail/imap/message_search.hpp"
#include "mail/imap/new_uids.hpp"
#include "mail/imap/newest_page.hpp"
#include "mail/imap/sieve_filter.hpp"
#include "mail/mime/transfer_encoding.hpp"

namespace gw::mail::imap {
namespace {

std::vector<std::optional<Message>> in_order(std::span<const Uid> uids, std::map<Uid, Message>&& found) {
  std::vector<std::optional<Message>> messages;
  for (const Uid uid : uids) {
    const auto at = found.find(uid);
    // Copied, not moved: a uid may be asked for twice.
    messages.push_back(at == found.end() ? std::nullopt : std::optional(at->second));
  }
  return messages;
}

}  // namespace

Page ImapMessages::search(std::string_view folder, const Query& query, const FetchSet& fetch) {
  const std::string name = normalize_mailbox(folder);
  if (query.range.first >= query.range.last) return {};
  const bool is_plain = query.term.kind == SearchTerm::Kind::All && query.sort == SortField::Received &&
                        !fetch.has(Fetch::Preview);
  if (is_plain) {
    if (auto page = fetch_page_by_number(session_, name, query, fetch)) return std::move(*page);
  }
  std::vector<Uid> order = sorted_uids(session_, name, query.term, query.sort);
  if (query.descending) std::reverse(order.begin(), order.end());
  Page page;
  page.total = order.size();
  const std::size_t last = std::min(query.range.last, order.size());
  if (query.range.first >= last) return page;
  const auto wanted = std::span(order).subspan(query.range.first, last - query.range.first);
  auto found = fetch_messages(session_, name, wanted, fetch);
  for (const Uid uid : wanted) {
    if (auto at = found.find(uid); at != found.end()) page.messages.push_back(std::move(at->second));
  }
  return page;
}

std::vector<std::optional<Message>> ImapMessages::get(std::string_view folder, std::span<const Uid> uids,
                                                      const FetchSet& fetch) {
  const std::string name = normalize_mailbox(folder);
  return in_order(uids, fetch_messages(session_, name, uids, fetch));
}

std::vector<Conversation> ImapMessages::conversations(std::string_view folder, const ConversationQuery& query,
                                                      const FetchSet& fetch, std::size_t& total) {
  return find_conversations(session_, normalize_mailbox(folder), query, fetch, total);
}

std::optional<std::pair<std::string, Uid>> ImapMessages::find_by_message_id(std::string_view folder,
                                                                            std::string_view id,
                                                                            bool elsewhere) {
  SearchTerm term;
  term.kind = SearchTerm::Kind::Header;
  term.name = "Message-ID";
  term.text = id;
  std::vector<std::string> folders;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(folders.begin(), folders.end(), name) == folders.end())
      folders.push_back(name);
  };
  add(normalize_mailbox(folder));
  if (elsewhere) {
    add("INBOX");
    const DefaultFolders known = find_default_folders(session_);
    if (const auto sent = known.find(DefaultFolder::Sent); sent != known.end()) add(sent->second);
    for (const ListedFolder& each : list_folders(session_, "", Depth::Tree, {})) {
      if (each.folder.holds_messages && !each.folder.is_shared) add(each.folder.fullname);
    }
  }
  for (const std::string& name : folders) {
    const std::vector<Uid> uids = search_uids(session_, name, term);
    if (!uids.empty()) return std::pair(name, uids.back());
  }
  return std::nullopt;
}

bool ImapMessages::read_raw(std::string_view folder, Uid uid, const ByteSink& sink) {
  return stream_section(session_, normalize_mailbox(folder), uid, "", sink);
}

std::optional<std::string> ImapMessages::read_headers(std::string_view folder, Uid uid) {
  std::string headers;
  const bool is_there =
      stream_section(session_, normalize_mailbox(folder), uid, "HEADER", [&](std::string_view piece) {
        headers += piece;
        // What is longer is no header section that anybody reads.
        return headers.size() < kMaxLiteral;
      });
  return is_there ? std::optional(std::move(headers)) : std::nullopt;
}

bool ImapMessages::read_part(std::string_view folder, Uid uid, const Part& part, const ByteSink& sink) {
  mime::TransferDecoder decoder(part.encoding);
  return stream_section(session_, normalize_mailbox(folder), uid, section_of(part),
                        [&](std::string_view piece) {
                          const std::string decoded = decoder.decode(piece);
                          return decoded.empty() || sink(decoded);
                        });
}

std::vector<std::string> ImapMessages::read_texts(std::string_view folder, Uid uid,
                                                  std::span<const Part> parts, std::int64_t most) {
  return read_part_texts(session_, normalize_mailbox(folder), uid, parts, most);
}

std::vector<std::optional<Uid>> ImapMessages::append(std::string_view folder, std::span<Deposit> messages) {
  return append_messages(session_, normalize_mailbox(folder), messages);
}

std::vector<std::optional<Uid>> ImapMessages::copy(std::string_view from, std::string_view to,
                                                   std::span<const Uid> uids) {
  return copy_messages(session_, normalize_mailbox(from), normalize_mailbox(to), uids);
}

std::vector<std::optional<Uid>> ImapMessages::move(std::string_view from, std::string_view to,
                                                   std::span<const Uid> uids) {
  return move_messages(session_, normalize_mailbox(from), normalize_mailbox(to), uids);
}

void ImapMessages::remove(std::string_view folder, std::span<const Uid> uids) {
  if (!uids.empty()) remove_messages(session_, normalize_mailbox(folder), uids);
}

bool ImapMessages::keeps_keywords(std::string_view folder) {
  const std::string name = normalize_mailbox(folder);
  return session_.read([&](Connection&) { return session_.open(name, Mode::Write).keeps_keywords; });
}

void ImapMessages::change_flags(std::string_view folder, std::optional<std::span<const Uid>> uids,
                                FlagSet flags, const std::vector<std::string>& keywords, bool set) {
  const std::string name = normalize_mailbox(folder);
  // Keywords are silently not stored where the folder keeps none (spec mail section 2).
  const bool takes_keywords = keeps_keywords(folder);
  FlagChange change;
  change.is_set = set;
  for (const std::string_view word : flag_words(flags)) {
    if (takes_keywords || word.starts_with('\\')) change.words.emplace_back(word);
  }
  for (const std::string& keyword : keywords) {
    if (!is_keyword(keyword)) throw ApiError(errors::imap::kUnknownFlag, {name, keyword});
    if (takes_keywords) change.words.push_back(keyword);
  }
  const auto only = [&](Flag flag) {
    return change.words.size() == 1 && change.words.front() == flag_word(flag);
  };
  if (only(Flag::Seen)) change.no_permission = &errors::imap::kNoKeepSeen;
  if (only(Flag::Deleted)) change.no_permission = &errors::imap::kNoDelete;
  // A mail that is flagged no more has no colour either, where the two stand for each other.
  if (session_.account().color_of_flagged != 0 && !set && flags.has(Flag::Flagged))
    for (std::string& word : known_colors(name, 0)) change.words.push_back(std::move(word));
  if (!change.words.empty()) store_flags(session_, name, uids, {&change, 1});
}

std::vector<std::string> ImapMessages::known_colors(const std::string& name, int but) {
  return session_.read([&](Connection&) {
    const Mailbox& mailbox = session_.open(name, Mode::Write);
    std::vector<std::string> words;
    // Taking away a keyword that no mail has would make some servers know it for ever.
    for (const std::string& word : all_color_words()) {
      if (mailbox.keywords.contains(word) && word != color_word(but)) words.push_back(word);
    }
    return words;
  });
}

void ImapMessages::set_color(std::string_view folder, std::optional<std::span<const Uid>> uids, int color) {
  const std::string name = normalize_mailbox(folder);
  FlagChange without{known_colors(name, color), false}, with{{}, true};
  if (color != 0 && keeps_keywords(folder)) with.words.push_back(color_word(color));
  if (session_.account().color_of_flagged != 0)
    (color == 0 ? without : with).words.emplace_back(flag_word(Flag::Flagged));
  const FlagChange changes[] = {std::move(without), std::move(with)};
  store_flags(session_, name, uids, changes);
}

std::vector<FilterOutcome> ImapMessages::filter(std::string_view folder, std::string_view script) {
  return filter_messages(session_, normalize_mailbox(folder), script);
}

}  // namespace gw::mail::imap
