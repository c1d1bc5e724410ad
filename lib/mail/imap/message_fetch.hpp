// FETCH: messages by uid or by number, and the bytes of their sections. Nothing here sets \Seen.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/fetch_data.hpp"
#include "mail/imap/session.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::mail::imap {

/// `(UID FLAGS …)` for what is wanted. Source: spec mail section 6.1, 6.2.
std::string fetch_items(const FetchSet& fetch, const Connection& line);

/// parse_fetch in the terms of the account: its colours, and its marker of attachments.
FetchData read_fetch(const Session& session, const Response& response, Detail detail = Detail::All);

using OnFetched = std::function<void(FetchData&&)>;

/// Each message as it comes; those that are gone are not told. Where more than flags is asked for,
/// `take_news` gets what has only those: a change of another client. Cost: one exchange, with a FETCH per
/// 8,000 bytes of uids.
void fetch_each(Session& session, std::string_view folder, std::span<const Uid> uids,
                const std::string& items, const OnFetched& take, const OnFetched& take_news = {});

/// By uid; with previews where they were wanted.
std::map<Uid, Message> fetch_messages(Session& session, std::string_view folder, std::span<const Uid> uids,
                                      const FetchSet& fetch);

/// The bytes of `BODY[section]`, streamed. Goes on where it stopped when the server hangs up once.
/// Errors: false when mail or section is gone. MSG-1002.
bool stream_section(Session& session, std::string_view folder, Uid uid, const std::string& section,
                    const ByteSink& sink);

/// The first `most` bytes of each section, in order; empty for missing ones. Cost: one FETCH.
std::vector<std::string> read_sections(Session& session, std::string_view folder, Uid uid,
                                       std::span<const std::string> sections, std::int64_t most);

/// Decoded text of parts in UTF-8, each cut to `most` bytes.
std::vector<std::string> read_part_texts(Session& session, std::string_view folder, Uid uid,
                                         std::span<const Part> parts, std::int64_t most);

/// BODY section of a part's content: its id, or TEXT for the root of a multipart message.
std::string section_of(const Part& part);

}  // namespace gw::mail::imap
