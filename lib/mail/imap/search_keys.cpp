#include "mail/imap/search_keys.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/imap/number_set.hpp"

namespace gw::mail::imap {
namespace {

using Kind = SearchTerm::Kind;
constexpr std::int64_t kDay = 86'400'000;
constexpr std::size_t kLongestUidKey = 4'000;

struct TextKey {
  Kind kind;
  std::string_view key;
};
constexpr TextKey kTextKeys[] = {{Kind::From, "FROM"}, {Kind::To, "TO"},           {Kind::Cc, "CC"},
                                 {Kind::Bcc, "BCC"},   {Kind::Subject, "SUBJECT"}, {Kind::Body, "BODY"},
                                 {Kind::Text, "TEXT"}};

std::string_view text_key(Kind kind) {
  const auto found = std::find_if(std::begin(kTextKeys), std::end(kTextKeys),
                                  [&](const TextKey& each) { return each.kind == kind; });
  return found == std::end(kTextKeys) ? std::string_view() : found->key;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_atom(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return c > ' ' && c <= '~' && std::string_view("(){%*\"\\]").find(c) == std::string_view::npos;
  });
}

std::string flag_key(Flag flag) {
  if (flag == Flag::Recent) return "RECENT";
  std::string word(flag_word(flag));
  if (word.empty()) return "NOT ALL";  // never stored
  if (word.front() != '\\') return "KEYWORD " + word;
  for (char& c : word) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return word.substr(1);
}

bool is_date(Kind kind) {
  return kind == Kind::ReceivedBefore || kind == Kind::ReceivedSince || kind == Kind::SentBefore ||
         kind == Kind::SentSince;
}

/// A day wider than asked for, on either side: the server counts days of zones we do not know.
std::string date_keys(const SearchTerm& term) {
  switch (term.kind) {
    case Kind::ReceivedBefore:
      return "BEFORE " + format_search_date(term.at.value + 2 * kDay);
    case Kind::ReceivedSince:
      return "SINCE " + format_search_date(term.at.value - kDay);
    case Kind::SentBefore:
      return "SENTBEFORE " + format_search_date(term.at.value + 2 * kDay);
    default:
      return "SENTSINCE " + format_search_date(term.at.value - kDay);
  }
}

void add_list(Command& command, const SearchTerm& term, bool takes_utf8) {
  // "and" of nothing is everything, and so is "or" of nothing (spec mail section 6.4).
  if (term.children.empty()) {
    command.add("ALL");
    return;
  }
  for (std::size_t i = 0; i < term.children.size(); ++i) {
    if (term.kind == Kind::Or && i + 1 < term.children.size()) command.add("OR");
    add_keys(command, term.children[i], takes_utf8);
  }
}

}  // namespace

bool needs_charset(const SearchTerm& term) {
  return !is_ascii(term.text) || std::any_of(term.children.begin(), term.children.end(), needs_charset);
}

bool is_exact(const SearchTerm& term, bool takes_utf8) {
  if (is_date(term.kind) || term.kind == Kind::AttachmentName || term.kind == Kind::HasAttachment)
    return false;
  if (term.kind == Kind::UidIn) return format_sets(term.uids, kLongestUidKey).size() <= 1;
  const bool is_text = !text_key(term.kind).empty() || term.kind == Kind::Header;
  if (is_text && !takes_utf8 && !is_ascii(term.text)) return false;
  return std::all_of(term.children.begin(), term.children.end(),
                     [&](const SearchTerm& child) { return is_exact(child, takes_utf8); });
}

void add_keys(Command& command, const SearchTerm& term, bool takes_utf8) {
  // A superset of a negated term would need a subset of what is negated, so what is not exact is passed over
  // whole.
  if (is_date(term.kind)) {
    command.add(date_keys(term));
    return;
  }
  const bool is_list = term.kind == Kind::And;
  if (!is_list && !is_exact(term, takes_utf8)) {
    command.add("ALL");
    return;
  }
  if (const std::string_view key = text_key(term.kind); !key.empty()) {
    command.add(key).add_string(term.text);
    return;
  }
  switch (term.kind) {
    case Kind::And:
      command.open_list();
      add_list(command, term, takes_utf8);
      command.join(")");
      break;
    case Kind::Or:
      add_list(command, term, takes_utf8);
      break;
    case Kind::Not:
      command.add("NOT");
      term.children.empty() ? void(command.add("ALL")) : add_keys(command, term.children.front(), takes_utf8);
      break;
    case Kind::Header:
      command.add("HEADER").add_string(term.name).add_string(term.text);
      break;
    case Kind::HasFlag:
      command.add(flag_key(term.flag));
      break;
    case Kind::Keyword:
      command.add(is_atom(term.text) ? "KEYWORD " + term.text : "NOT ALL");
      break;
    case Kind::Larger:
    case Kind::Smaller:
      command.add((term.kind == Kind::Larger ? "LARGER " : "SMALLER ") +
                  std::to_string(std::clamp<std::int64_t>(term.number, 0, UINT32_MAX)));
      break;
    case Kind::UidIn: {
      const auto sets = format_sets(term.uids, kLongestUidKey);
      command.add(sets.empty() ? "NOT ALL" : "UID " + sets.front());
      break;
    }
    default:
      command.add("ALL");
  }
}

}  // namespace gw::mail::imap
