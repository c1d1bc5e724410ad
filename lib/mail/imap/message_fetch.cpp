#include "mail/imap/message_fetch.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/imap/number_set.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/transfer_encoding.hpp"

namespace gw::mail::imap {
namespace {

constexpr std::size_t kPreviewCharacters = 200;
constexpr std::int64_t kPreviewBytes = 4'096;

bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c > ' ' && c <= '~' && std::string_view("()[]{}%*\"\\:").find(c) == std::string_view::npos;
  });
}

std::string header_item(const FetchSet& fetch) {
  if (fetch.has(Fetch::Headers)) return "BODY.PEEK[HEADER]";
  std::string names;
  const auto add = [&](std::string_view name) { names += (names.empty() ? "" : " ") + std::string(name); };
  if (fetch.has(Fetch::Threading)) add("REFERENCES");
  for (const std::string& name : fetch.header_names) {
    if (is_header_name(name)) add(name);
  }
  return names.empty() ? "" : "BODY.PEEK[HEADER.FIELDS (" + names + ")]";
}

/// The first part that is plain text and shown, else null.
const Part* find_text(const Part& part) {
  if (part.is("text", "plain") && part.disposition != "attachment") return &part;
  for (const Part& child : part.children) {
    if (const Part* found = find_text(child)) return found;
  }
  return nullptr;
}

std::string to_preview(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool is_blank = static_cast<unsigned char>(c) <= ' ';
    if (!is_blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  return std::string(first_characters(trim_right(line), kPreviewCharacters));
}

void add_previews(Session& session, std::string_view folder, std::map<Uid, Message>& messages) {
  for (auto& [uid, message] : messages) {
    if (message.preview) continue;
    const Part* text = message.structure ? find_text(*message.structure) : nullptr;
    message.preview =
        text == nullptr ? ""
                        : to_preview(read_part_texts(session, folder, uid, {text, 1}, kPreviewBytes).front());
  }
}

}  // namespace

std::string fetch_items(const FetchSet& fetch, const Connection& line) {
  std::string items = "(UID";
  const auto add = [&](bool wanted, std::string_view item) {
    if (wanted) items += " " + std::string(item);
  };
  const bool makes_preview = fetch.has(Fetch::Preview) && !line.has("PREVIEW");
  add(fetch.has(Fetch::Flags), "FLAGS");
  add(fetch.has(Fetch::Envelope) || fetch.has(Fetch::Heading) || fetch.has(Fetch::Threading), "ENVELOPE");
  add(fetch.has(Fetch::Received), "INTERNALDATE");
  add(fetch.has(Fetch::Size), "RFC822.SIZE");
  add(fetch.has(Fetch::Structure) || fetch.has(Fetch::Attachment) || makes_preview, "BODYSTRUCTURE");
  add(fetch.has(Fetch::Preview) && !makes_preview, "PREVIEW");
  add(fetch.has(Fetch::Envelope) && line.has("OBJECTID"), "EMAILID THREADID");
  const std::string headers = header_item(fetch);
  add(!headers.empty(), headers);
  return items + ")";
}

FetchData read_fetch(const Session& session, const Response& response, Detail detail) {
  FetchData data = parse_fetch(response.number, response.text, detail);
  if (!data.has_flags) return data;
  const Account& account = session.account();
  if (account.color_of_flagged != 0) link_color(data.message.flags, account.color_of_flagged);
  if (account.has_attachment_marker)
    if (const auto marked = find_attachment_marker(data.message.flags)) data.message.has_attachment = marked;
  return data;
}

void fetch_each(Session& session, std::string_view folder, std::span<const Uid> uids,
                const std::string& items, const OnFetched& take, const OnFetched& take_news) {
  session.open_as_known(folder, Mode::Read);
  std::vector<Command> commands;
  for (const std::string& set : format_sets(uids, kSetOctets)) {
    commands.emplace_back("UID FETCH");
    commands.back().add(set).add(items);
  }
  Connection& line = session.connection();
  const bool asks_flags_only = items == "(UID FLAGS)" || items == "(UID)";
  const auto answers = session.ask(commands, [&](Response& response) {
    if (response.word != "FETCH") return;
    FetchData data = read_fetch(session, response);
    if (!data.has_only_flags || asks_flags_only)
      take(std::move(data));
    else if (take_news)
      take_news(std::move(data));
  });
  // Some mails that are gone make some servers say NO; the others were told.
  for (const Response& answer : answers) {
    if (answer.word != "NO" || !answer.code.empty())
      require_ok(answer, line.host(), {std::string(folder), &errors::imap::kNoRead});
  }
}

std::map<Uid, Message> fetch_messages(Session& session, std::string_view folder, std::span<const Uid> uids,
                                      const FetchSet& fetch) {
  auto messages = session.read([&](Connection& line) {
    std::map<Uid, Message> found;
    if (uids.empty()) return found;
    const auto take_news = [&](FetchData&& data) {
      const auto known = found.find(data.message.uid);
      if (known != found.end() && data.has_flags) known->second.flags = std::move(data.message.flags);
    };
    const auto take = [&](FetchData&& data) {
      if (data.message.uid == 0) return;
      // A second answer for one mail is news of its flags.
      if (found.contains(data.message.uid)) return take_news(std::move(data));
      data.message.folder = folder;
      found.emplace(data.message.uid, std::move(data.message));
    };
    fetch_each(session, folder, uids, fetch_items(fetch, line), take, take_news);
    return found;
  });
  if (fetch.has(Fetch::Preview)) add_previews(session, folder, messages);
  return messages;
}

bool stream_section(Session& session, std::string_view folder, Uid uid, const std::string& section,
                    const ByteSink& sink) {
  std::uint64_t received = 0;
  bool is_there = false, was_stopped = false;
  std::uint32_t validity = 0;
  const LiteralSink counting = [&](std::string_view piece) {
    received += piece.size();
    is_there = true;
    was_stopped = !sink(piece);
    return !was_stopped;
  };
  try {
    return session.read([&](Connection& line) {
      const Mailbox& mailbox = session.open(folder, Mode::Read);
      // The rest of another mail is not the rest of this one.
      if (received > 0 && mailbox.uid_validity != validity)
        throw ApiError(errors::msg::kFolderClosed, {std::string(folder)});
      validity = mailbox.uid_validity;
      Command command("UID FETCH");
      command.add(std::to_string(uid)).add("BODY.PEEK[" + section + "]");
      // After a broken connection the rest is asked for.
      if (received > 0) command.join("<" + std::to_string(received) + ".4294967295>");
      const auto take_short = [&](Response& response) {
        if (response.word != "FETCH") return;
        for (const auto& [name, bytes] : parse_fetch(response.number, response.text).sections) {
          if (!bytes) continue;
          is_there = true;
          // Not a literal but a quoted string: it has not passed through the sink.
          if (!bytes->empty() && !was_stopped) counting(*bytes);
        }
      };
      const Response answer = line.run(command, take_short, counting);
      if (answer.word != "NO" || !answer.code.empty())
        require_ok(answer, line.host(), {std::string(folder), &errors::imap::kNoRead});
      return is_there;
    });
  } catch (const ApiError&) {
    if (!was_stopped) throw;
    return true;
  }
}

std::vector<std::string> read_sections(Session& session, std::string_view folder, Uid uid,
                                       std::span<const std::string> sections, std::int64_t most) {
  return session.read([&](Connection&) {
    std::vector<std::string> texts(sections.size());
    if (sections.empty()) return texts;
    std::string items;
    for (const std::string& section : sections)
      items +=
          (items.empty() ? "(UID BODY.PEEK[" : " BODY.PEEK[") + section + "]<0." + std::to_string(most) + ">";
    fetch_each(session, folder, std::span(&uid, 1), items + ")", [&](FetchData&& data) {
      for (std::size_t i = 0; i < sections.size(); ++i) {
        if (const std::string* bytes = data.find_section("BODY[" + sections[i] + "]")) texts[i] = *bytes;
      }
    });
    return texts;
  });
}

std::string section_of(const Part& part) { return part.id.empty() ? "TEXT" : part.id; }

std::vector<std::string> read_part_texts(Session& session, std::string_view folder, Uid uid,
                                         std::span<const Part> parts, std::int64_t most) {
  std::vector<std::string> sections;
  for (const Part& part : parts) sections.push_back(section_of(part));
  // Quoted-printable may take three bytes for one.
  std::vector<std::string> texts = read_sections(session, folder, uid, sections, most * 3);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::string bytes = mime::decode_transfer(texts[i], parts[i].encoding);
    const bool is_cut = static_cast<std::int64_t>(bytes.size()) > most ||
                        static_cast<std::int64_t>(texts[i].size()) >= most * 3;
    if (is_cut) bytes.resize(std::min(bytes.size(), static_cast<std::size_t>(most)));
    texts[i] = mime::to_utf8(bytes, parts[i].charset, is_cut ? mime::Ends::Cut : mime::Ends::Whole);
  }
  return texts;
}

}  // namespace gw::mail::imap
