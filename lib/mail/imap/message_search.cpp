#include "mail/imap/message_search.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "mail/imap/arrival_order.hpp"
#include "mail/imap/message_fetch.hpp"
#include "mail/imap/number_set.hpp"
#include "mail/imap/search_keys.hpp"
#include "mail/search_judge.hpp"
#include "mail/sort_key.hpp"

namespace gw::mail::imap {
namespace {

using Kind = SearchTerm::Kind;
using Uids = std::vector<Uid>;

class BadCharset {};

/// The server is asked for its markers; only mails that have none are judged by their structure.
SearchTerm ask_for_markers(SearchTerm term) {
  for (SearchTerm& child : term.children) child = ask_for_markers(std::move(child));
  if (term.kind != Kind::HasAttachment) return term;
  const SearchTerm marked = leaf_term(Kind::Keyword, std::string(kHasAttachment));
  const SearchTerm marked_without = leaf_term(Kind::Keyword, std::string(kHasNoAttachment));
  return either(marked, both(both(negate(marked), negate(marked_without)), std::move(term)));
}

Uids sorted(Uids uids) {
  std::sort(uids.begin(), uids.end());
  uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
  return uids;
}

Uids intersection(const Uids& a, const Uids& b) {
  Uids both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

/// Evaluates a term piece by piece: what the server judges exactly it is asked for, the rest is fetched and
/// judged.
class Evaluator {
 public:
  Evaluator(Session& session, std::string_view folder, bool takes_utf8)
      : session_(session), folder_(folder), takes_utf8_(takes_utf8) {}

  Uids evaluate(const SearchTerm& term, const std::optional<Uids>& within) {
    if (is_exact(term, takes_utf8_)) return narrowed(ask(term), within);
    switch (term.kind) {
      case Kind::And: {
        Uids left = narrowed(ask(term), within);
        for (const SearchTerm& child : term.children) {
          if (!is_exact(child, takes_utf8_)) left = evaluate(child, std::move(left));
        }
        return left;
      }
      case Kind::Or: {
        Uids all;
        for (const SearchTerm& child : term.children) {
          const Uids some = evaluate(child, within);
          all.insert(all.end(), some.begin(), some.end());
        }
        return sorted(std::move(all));
      }
      case Kind::Not: {
        const Uids all = within ? *within : ask({});
        const Uids matching = evaluate(term.children.front(), all);
        Uids rest;
        std::set_difference(all.begin(), all.end(), matching.begin(), matching.end(),
                            std::back_inserter(rest));
        return rest;
      }
      default:
        return judge(term, narrowed(ask(term), within));
    }
  }

 private:
  static Uids narrowed(Uids uids, const std::optional<Uids>& within) {
    return within ? intersection(uids, *within) : std::move(uids);
  }

  Uids ask(const SearchTerm& term) {
    Connection& line = session_.connection();
    const bool is_extended = line.has("ESEARCH");
    Command command(is_extended ? "UID SEARCH RETURN (ALL)" : "UID SEARCH");
    if (takes_utf8_ && needs_charset(term) && !line.uses_utf8_names()) command.add("CHARSET UTF-8");
    add_keys(command, term, takes_utf8_);
    Uids found;
    const auto take = [&](Response& response) {
      if (response.word == "SEARCH") found = parse_numbers(response.text);
      if (response.word == "ESEARCH") found = parse_set(find_esearch(response.text, "ALL"));
    };
    const Response answer = session_.ask({std::move(command)}, take).front();
    if (answer.word == "NO" && answer.code == "BADCHARSET") throw BadCharset();
    require_ok(answer, line.host(), {std::string(folder_), &errors::imap::kNoRead});
    return sorted(std::move(found));
  }

  Uids judge(const SearchTerm& leaf, const Uids& candidates) {
    if (leaf.kind == Kind::UidIn) return intersection(candidates, sorted(leaf.uids));
    // Whole texts of a whole folder are too much to fetch for a search.
    if (leaf.kind == Kind::Body || leaf.kind == Kind::Text)
      throw ApiError(errors::imap::kSearchUnsupported, {leaf.text});
    Uids matching;
    fetch_each(session_, folder_, candidates, fetch_items(fetch_for(leaf), session_.connection()),
               [&](FetchData&& data) {
                 if (matches_leaf(leaf, data.message)) matching.push_back(data.message.uid);
               });
    return intersection(sorted(std::move(matching)), candidates);
  }

  Session& session_;
  std::string_view folder_;
  bool takes_utf8_;
};

struct SortRow {
  SortField field;
  std::string_view key;
};
/// Not FROM and TO: those sort by mailbox, not by the name people see.
constexpr SortRow kServerKeys[] = {
    {SortField::Received, "ARRIVAL"}, {SortField::Sent, "DATE"}, {SortField::Cc, "CC"},
    {SortField::Subject, "SUBJECT"},  {SortField::Size, "SIZE"}, {SortField::From, "DISPLAYFROM"},
    {SortField::To, "DISPLAYTO"}};

std::string_view server_key(const Connection& line, SortField field) {
  if (!line.has("SORT")) return {};
  const bool shows_names = field == SortField::From || field == SortField::To;
  if (shows_names && !line.has("SORT=DISPLAY")) return {};
  const auto row = std::find_if(std::begin(kServerKeys), std::end(kServerKeys),
                                [&](const SortRow& each) { return each.field == field; });
  return row == std::end(kServerKeys) ? std::string_view() : row->key;
}

std::optional<Uids> sort_on_server(Session& session, std::string_view folder, const SearchTerm& term,
                                   SortField field) {
  const std::string_view key = server_key(session.connection(), field);
  if (key.empty()) return std::nullopt;
  const bool is_whole = is_exact(term, true);
  std::optional<Uids> matching;
  if (!is_whole) matching = search_uids(session, folder, term);
  session.open_as_known(folder, Mode::Read);
  Connection& line = session.connection();
  Command command("UID SORT");
  command.add("(" + std::string(key) + ") UTF-8");
  add_keys(command, is_whole ? term : SearchTerm{}, true);
  Uids order;
  const auto take = [&](Response& response) {
    if (response.word == "SORT") order = parse_numbers(response.text);
  };
  const Response answer = session.ask({std::move(command)}, take).front();
  // What a server cannot sort is sorted here.
  if (answer.word == "NO") return std::nullopt;
  require_ok(answer, line.host(), {std::string(folder), &errors::imap::kNoRead});
  if (matching)
    std::erase_if(order,
                  [&](Uid uid) { return !std::binary_search(matching->begin(), matching->end(), uid); });
  return order;
}

Uids sort_here(Session& session, std::string_view folder, const Uids& uids, SortField field) {
  // Equal keys stay in order of arrival.
  FetchSet fetch = fetch_for(field);
  fetch.add(Fetch::Received);
  std::vector<std::pair<std::string, Uid>> keys;
  fetch_each(session, folder, uids, fetch_items(fetch, session.connection()), [&](FetchData&& data) {
    if (data.message.uid == 0) return;
    keys.emplace_back(sort_key(data.message, field) + sort_key(data.message, SortField::Received),
                      data.message.uid);
  });
  std::sort(keys.begin(), keys.end());
  Uids order;
  for (const auto& [key, uid] : keys) {
    if (order.empty() || order.back() != uid) order.push_back(uid);
  }
  return order;
}

/// Whether a SORT by arrival shows that uids are in that order; remembers it.
void learn_arrival_order(Session& session, std::string_view folder, const Uids& order) {
  const Mailbox* mailbox = session.connection().selected();
  if (mailbox == nullptr || !std::is_sorted(order.begin(), order.end())) return;
  ArrivalOrder known{mailbox->uid_validity, order.empty() ? 1 : order.back() + 1, {}};
  if (!order.empty()) {
    fetch_each(session, folder, std::span(&order.back(), 1), "(UID INTERNALDATE)", [&](FetchData&& data) {
      if (data.message.uid == order.back() && data.message.received) known.last = *data.message.received;
    });
  }
  session.memory().remember(std::string(folder), known);
}

/// Those without attachments first, each in order of arrival. Cost: of a list by arrival and a search.
Uids sort_by_marker(Session& session, std::string_view folder, const SearchTerm& term) {
  Uids order = sorted_uids(session, folder, term, SortField::Received);
  const Uids with = search_uids(session, folder, both(term, leaf_term(Kind::HasAttachment)));
  std::stable_partition(order.begin(), order.end(),
                        [&](Uid uid) { return !std::binary_search(with.begin(), with.end(), uid); });
  return order;
}

}  // namespace

Uids search_uids(Session& session, std::string_view folder, const SearchTerm& term) {
  return session.read([&](Connection&) {
    session.open_as_known(folder, Mode::Read);
    const bool has_marker = session.account().has_attachment_marker;
    const SearchTerm asked = has_marker ? ask_for_markers(term) : term;
    try {
      return Evaluator(session, folder, true).evaluate(asked, std::nullopt);
    } catch (const BadCharset&) {
      return Evaluator(session, folder, false).evaluate(asked, std::nullopt);
    }
  });
}

Uids sorted_uids(Session& session, std::string_view folder, const SearchTerm& term, SortField field) {
  if (field == SortField::Id || field == SortField::Account) return search_uids(session, folder, term);
  if (field == SortField::Attachment && session.account().has_attachment_marker)
    return sort_by_marker(session, folder, term);
  return session.read([&](Connection&) {
    session.open_as_known(folder, Mode::Read);
    const bool is_by_arrival = field == SortField::Received;
    if (is_by_arrival && extend_arrival_order(session, folder)) return search_uids(session, folder, term);
    Uids order;
    if (auto by_server = sort_on_server(session, folder, term, field))
      order = std::move(*by_server);
    else
      order = sort_here(session, folder, search_uids(session, folder, term), field);
    if (is_by_arrival && term.kind == Kind::All) learn_arrival_order(session, folder, order);
    return order;
  });
}

}  // namespace gw::mail::imap
