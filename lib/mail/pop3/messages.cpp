#include "mail/pop3/messages.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/mime/headers.hpp"
#include "mail/pop3/folders.hpp"
#include "mail/pop3/judge.hpp"

namespace gw::mail::pop3 {
namespace {

constexpr Fetch kHeaderFields[] = {Fetch::Envelope, Fetch::Heading, Fetch::Headers, Fetch::Received,
                                   Fetch::Threading};

bool needs_headers(const FetchSet& fetch) {
  return !fetch.header_names.empty() || std::any_of(std::begin(kHeaderFields), std::end(kHeaderFields),
                                                    [&](Fetch what) { return fetch.has(what); });
}

/// The time behind the semicolon of the topmost Received, which the last server wrote.
std::optional<Millis> received_of(const mime::HeaderList& headers) {
  const auto value = mime::find_value(headers, "Received");
  if (!value) return std::nullopt;
  const auto semicolon = value->rfind(';');
  return semicolon == std::string_view::npos ? std::nullopt : mime::parse_date(value->substr(semicolon + 1));
}

std::string first_of(const AddressList& list) {
  return list.empty() ? "" : fold(list[0].personal.value_or(list[0].address));
}

/// Empty: the order of arrival is the order, or stands for what POP3 does not know.
std::function<std::string(const Message&)> text_key(SortField field) {
  switch (field) {
    case SortField::From:
      return [](const Message& message) { return first_of(message.from); };
    case SortField::To:
      return [](const Message& message) { return first_of(message.to); };
    case SortField::Cc:
      return [](const Message& message) { return first_of(message.cc); };
    case SortField::Subject:
      return [](const Message& message) { return fold(message.subject.value_or("")); };
    default:
      return {};
  }
}

void sort(std::vector<Message>& messages, const Query& query) {
  if (const auto key = text_key(query.sort)) {
    std::map<Uid, std::string> keys;
    for (const Message& message : messages) keys.emplace(message.uid, key(message));
    std::stable_sort(messages.begin(), messages.end(),
                     [&](const Message& a, const Message& b) { return keys.at(a.uid) < keys.at(b.uid); });
  } else if (query.sort == SortField::Sent) {
    std::stable_sort(messages.begin(), messages.end(),
                     [](const Message& a, const Message& b) { return a.sent < b.sent; });
  } else if (query.sort == SortField::Size) {
    std::stable_sort(messages.begin(), messages.end(),
                     [](const Message& a, const Message& b) { return a.size < b.size; });
  } else if (query.sort == SortField::Id) {
    std::stable_sort(messages.begin(), messages.end(),
                     [](const Message& a, const Message& b) { return a.uid < b.uid; });
  }
  if (query.descending) std::reverse(messages.begin(), messages.end());
}

}  // namespace

std::optional<Message> Messages::load(Uid uid, const FetchSet& fetch) {
  const Maildrop::Item* item = maildrop_.find(uid);
  if (item == nullptr) return std::nullopt;
  Message message;
  message.uid = uid;
  message.folder = kInbox;
  message.size = item->entry.size;
  message.flags.flags.set(Flag::Seen);
  if (needs_headers(fetch)) {
    const mime::HeaderList* headers = maildrop_.headers(uid);
    if (headers == nullptr) return std::nullopt;
    mime::apply_headers(message, *headers);
    message.received = received_of(*headers);
    if (!message.received) message.received = message.sent;
  }
  if (fetch.has(Fetch::Structure) || fetch.has(Fetch::Attachment)) {
    FetchedMessage* whole = maildrop_.fetch(uid);
    if (whole == nullptr) return std::nullopt;
    message.structure = whole->structure().root;
  }
  return message;
}

Page Messages::search(std::string_view folder, const Query& query, const FetchSet& fetch) {
  require_inbox(folder);
  FetchSet needed;
  const bool sorts_by_header = text_key(query.sort) || query.sort == SortField::Sent;
  if (sorts_by_header || pop3::needs_headers(query.term)) needed.add(Fetch::Envelope);
  std::vector<Message> found;
  for (const Maildrop::Item& item : maildrop_.items())
    if (auto message = load(item.uid, needed); message && matches(query.term, *message))
      found.push_back(std::move(*message));
  sort(found, query);
  Page page;
  page.total = found.size();
  const std::size_t last = std::min(query.range.last, found.size());
  for (std::size_t i = query.range.first; i < last; ++i)
    if (auto message = load(found[i].uid, fetch)) page.messages.push_back(std::move(*message));
  return page;
}

std::vector<std::optional<Message>> Messages::get(std::string_view folder, std::span<const Uid> uids,
                                                  const FetchSet& fetch) {
  require_inbox(folder);
  std::vector<std::optional<Message>> messages;
  for (const Uid uid : uids) messages.push_back(load(uid, fetch));
  return messages;
}

std::vector<Conversation> Messages::conversations(std::string_view, const ConversationQuery&, const FetchSet&,
                                                  std::size_t&) {
  refuse("conversations");
}

std::optional<std::pair<std::string, Uid>> Messages::find_by_message_id(std::string_view folder,
                                                                        std::string_view id, bool) {
  require_inbox(folder);
  for (const Maildrop::Item& item : maildrop_.items()) {
    const mime::HeaderList* headers = maildrop_.headers(item.uid);
    const auto value = headers == nullptr ? std::nullopt : mime::find_value(*headers, "Message-ID");
    if (value && trim(*value) == trim(id)) return std::pair(std::string(kInbox), item.uid);
  }
  return std::nullopt;
}

bool Messages::read_raw(std::string_view folder, Uid uid, const ByteSink& sink) {
  require_inbox(folder);
  FetchedMessage* whole = maildrop_.fetch(uid);
  if (whole == nullptr) return false;
  const mime::ReadAt read = whole->reader();
  std::string block(65'536, '\0');
  std::int64_t offset = 0;
  while (const std::size_t count = read(offset, block.data(), block.size())) {
    if (!sink(std::string_view(block).substr(0, count))) return true;
    offset += static_cast<std::int64_t>(count);
  }
  return true;
}

std::optional<std::string> Messages::read_headers(std::string_view folder, Uid uid) {
  require_inbox(folder);
  const std::string* text = maildrop_.header_text(uid);
  return text == nullptr ? std::nullopt : std::optional(*text);
}

bool Messages::read_part(std::string_view folder, Uid uid, const Part& part, const ByteSink& sink) {
  require_inbox(folder);
  FetchedMessage* whole = maildrop_.fetch(uid);
  return whole != nullptr && mime::read_part(whole->reader(), whole->structure(), part, sink);
}

std::vector<std::string> Messages::read_texts(std::string_view folder, Uid uid, std::span<const Part> parts,
                                              std::int64_t most) {
  std::vector<std::string> texts;
  for (const Part& part : parts) {
    std::string text;
    read_part(folder, uid, part, [&](std::string_view piece) {
      text += piece.substr(0, static_cast<std::size_t>(most) - text.size());
      return text.size() < static_cast<std::size_t>(most);
    });
    texts.push_back(std::move(text));
  }
  return texts;
}

std::vector<std::optional<Uid>> Messages::append(std::string_view, std::span<Deposit>) {
  refuse("storing mails");
}

std::vector<std::optional<Uid>> Messages::copy(std::string_view, std::string_view, std::span<const Uid>) {
  refuse("copying mails");
}

std::vector<std::optional<Uid>> Messages::move(std::string_view, std::string_view, std::span<const Uid>) {
  refuse("moving mails");
}

void Messages::remove(std::string_view folder, std::span<const Uid> uids) {
  require_inbox(folder);
  maildrop_.remove(uids);
}

void Messages::change_flags(std::string_view, std::optional<std::span<const Uid>>, FlagSet,
                            const std::vector<std::string>&, bool) {
  refuse("flags");
}

void Messages::set_color(std::string_view, std::optional<std::span<const Uid>>, int) {
  // No effect where there are no keywords (spec mal section 6).
}

}  // namespace gw::mail::pop3
