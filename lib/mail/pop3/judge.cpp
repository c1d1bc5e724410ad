#include "mail/pop3/judge.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/pop3/folders.hpp"

namespace gw::mail::pop3 {
namespace {

using Kind = SearchTerm::Kind;

bool contains(std::string_view text, std::string_view wanted) {
  return fold(text).find(fold(wanted)) != std::string::npos;
}

bool contains(const AddressList& list, std::string_view wanted) {
  return std::any_of(list.begin(), list.end(), [&](const Address& each) {
    return contains(each.address, wanted) || contains(each.personal.value_or(""), wanted);
  });
}

bool has_header(const SearchTerm& term, const Message& message) {
  return std::any_of(message.headers.begin(), message.headers.end(), [&](const auto& header) {
    return equal_ignoring_ascii_case(header.first, term.name) && contains(header.second, term.text);
  });
}

bool is_before(const std::optional<Millis>& time, Millis limit) { return time && *time < limit; }
bool is_since(const std::optional<Millis>& time, Millis limit) { return time && *time >= limit; }

}  // namespace

bool needs_headers(const SearchTerm& term) {
  switch (term.kind) {
    case Kind::All:
    case Kind::HasFlag:
    case Kind::Keyword:
    case Kind::Larger:
    case Kind::Smaller:
    case Kind::UidIn:
      return false;
    case Kind::Body:
    case Kind::Text:
    case Kind::AttachmentName:
    case Kind::HasAttachment:
      refuse("search in texts and attachments");
    case Kind::And:
    case Kind::Or:
    case Kind::Not: {
      bool needs = false;
      for (const SearchTerm& child : term.children) needs = needs_headers(child) || needs;
      return needs;
    }
    default:
      return true;
  }
}

bool matches(const SearchTerm& term, const Message& message) {
  const auto child_matches = [&](const SearchTerm& child) { return matches(child, message); };
  switch (term.kind) {
    case Kind::And:
      return std::all_of(term.children.begin(), term.children.end(), child_matches);
    case Kind::Or:
      return std::any_of(term.children.begin(), term.children.end(), child_matches);
    case Kind::Not:
      return std::none_of(term.children.begin(), term.children.end(), child_matches);
    case Kind::From:
      return contains(message.from, term.text);
    case Kind::To:
      return contains(message.to, term.text);
    case Kind::Cc:
      return contains(message.cc, term.text);
    case Kind::Bcc:
      return contains(message.bcc, term.text);
    case Kind::Subject:
      return contains(message.subject.value_or(""), term.text);
    case Kind::Header:
      return has_header(term, message);
    case Kind::HasFlag:
      return message.flags.flags.has(term.flag);
    case Kind::Keyword:
      return false;
    case Kind::Larger:
      return message.size > term.number;
    case Kind::Smaller:
      return message.size < term.number;
    case Kind::ReceivedBefore:
      return is_before(message.received, term.at);
    case Kind::ReceivedSince:
      return is_since(message.received, term.at);
    case Kind::SentBefore:
      return is_before(message.sent, term.at);
    case Kind::SentSince:
      return is_since(message.sent, term.at);
    case Kind::UidIn:
      return std::find(term.uids.begin(), term.uids.end(), message.uid) != term.uids.end();
    default:
      return true;
  }
}

}  // namespace gw::mail::pop3
