#include "mail/search_judge.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::mail {
namespace {

bool contains(std::string_view text, const std::string& folded) {
  return fold(text).find(folded) != std::string::npos;
}

bool any_address(const AddressList& list, const std::string& folded) {
  return std::any_of(list.begin(), list.end(), [&](const Address& each) {
    return contains(each.personal.value_or("") + " " + each.address, folded);
  });
}

bool any_filename(const Part& part, const std::string& folded) {
  if (part.filename && contains(*part.filename, folded)) return true;
  return std::any_of(part.children.begin(), part.children.end(),
                     [&](const Part& child) { return any_filename(child, folded); });
}

bool any_header(const Message& message, const SearchTerm& leaf, const std::string& folded) {
  return std::any_of(message.headers.begin(), message.headers.end(), [&](const auto& each) {
    return equal_ignoring_ascii_case(each.first, leaf.name) && contains(each.second, folded);
  });
}

}  // namespace

FetchSet fetch_for(const SearchTerm& leaf) {
  using Kind = SearchTerm::Kind;
  FetchSet fetch;
  switch (leaf.kind) {
    case Kind::HasFlag:
    case Kind::Keyword:
      return fetch.add(Fetch::Flags);
    case Kind::Larger:
    case Kind::Smaller:
      return fetch.add(Fetch::Size);
    case Kind::ReceivedBefore:
    case Kind::ReceivedSince:
      return fetch.add(Fetch::Received);
    case Kind::AttachmentName:
      return fetch.add(Fetch::Structure);
    case Kind::HasAttachment:
      return fetch.add(Fetch::Attachment).add(Fetch::Flags);
    case Kind::Header:
      fetch.header_names.push_back(leaf.name);
      return fetch;
    default:
      return fetch.add(Fetch::Envelope);
  }
}

bool matches_leaf(const SearchTerm& leaf, const Message& message) {
  using Kind = SearchTerm::Kind;
  const std::string folded = fold(leaf.text);
  switch (leaf.kind) {
    case Kind::All:
      return true;
    case Kind::From:
      return any_address(message.from, folded);
    case Kind::To:
      return any_address(message.to, folded);
    case Kind::Cc:
      return any_address(message.cc, folded);
    case Kind::Bcc:
      return any_address(message.bcc, folded);
    case Kind::Subject:
      return contains(message.subject.value_or(""), folded);
    case Kind::Body:
    case Kind::Text:
      return contains(message.subject.value_or(""), folded) || any_address(message.from, folded) ||
             any_address(message.to, folded);
    case Kind::Header:
      return any_header(message, leaf, folded);
    case Kind::HasFlag:
      return message.flags.flags.has(leaf.flag);
    case Kind::Keyword:
      return std::any_of(message.flags.keywords.begin(), message.flags.keywords.end(),
                         [&](const std::string& each) { return equal_ignoring_ascii_case(each, leaf.text); });
    case Kind::Larger:
      return message.size > leaf.number;
    case Kind::Smaller:
      return message.size < leaf.number;
    case Kind::ReceivedBefore:
      return message.received && *message.received < leaf.at;
    case Kind::ReceivedSince:
      return message.received && *message.received >= leaf.at;
    case Kind::SentBefore:
      return message.sent && *message.sent < leaf.at;
    case Kind::SentSince:
      return message.sent && *message.sent >= leaf.at;
    case Kind::AttachmentName:
      return message.structure && any_filename(*message.structure, folded);
    case Kind::HasAttachment:
      return has_attachment(message);
    case Kind::UidIn:
      return std::find(leaf.uids.begin(), leaf.uids.end(), message.uid) != leaf.uids.end();
    case Kind::And:
    case Kind::Or:
    case Kind::Not:
      break;
  }
  return false;
}

}  // namespace gw::mail
