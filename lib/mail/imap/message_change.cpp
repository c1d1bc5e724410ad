#include "mail/imap/message_change.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "mail/imap/default_folders.hpp"
#include "mail/imap/fetch_data.hpp"
#include "mail/imap/new_uids.hpp"
#include "mail/imap/number_set.hpp"

namespace gw::mail::imap {
namespace {

const std::string kDeletedWord = "\\Deleted";

std::string words_of(const MessageFlags& flags) {
  std::string words;
  const auto add = [&](std::string_view word) {
    if (!word.empty()) words += (words.empty() ? "" : " ") + std::string(word);
  };
  for (const std::string_view word : flag_words(flags.flags)) add(word);
  add(color_word(flags.color));
  for (const std::string& keyword : flags.keywords) {
    if (is_keyword(keyword)) add(keyword);
  }
  return words;
}

/// COPY or MOVE of one set; the new uids go into `moved`.
void transfer(Session& session, const std::string& verb, const std::string& set, std::string_view to,
              std::map<Uid, Uid>& moved) {
  Connection& line = session.connection();
  Command command("UID " + verb);
  command.add(set).add_string(session.to_wire(to));
  // MOVE tells the new uids in an untagged OK before it removes the old ones.
  const auto take = [&](const Response& response) {
    if (response.code == "COPYUID") add_copied_uids(response.arguments, moved);
  };
  const Response answer = line.run(command, [&](Response& response) { take(response); });
  require_ok(answer, line.host(), {std::string(to), &errors::imap::kNoInsert});
  take(answer);
}

void expunge_all_marked(Session& session, std::string_view folder) {
  session.require(Command("EXPUNGE"), {std::string(folder), &errors::imap::kNoDelete});
}

/// Without UIDPLUS: what others marked is unmarked while we expunge. Should we die between, their mails stay,
/// only unmarked, which is the harmless way round.
void expunge_only(Session& session, std::string_view folder, std::span<const Uid> uids) {
  std::vector<Uid> marked;
  session.require(Command("UID SEARCH DELETED"), {std::string(folder)}, [&](Response& response) {
    if (response.word == "SEARCH") marked = parse_numbers(response.text);
  });
  std::erase_if(marked, [&](Uid uid) { return std::find(uids.begin(), uids.end(), uid) != uids.end(); });
  const FlagChange unmark{{kDeletedWord}, false}, mark{{kDeletedWord}, true};
  if (!marked.empty()) store_flags(session, folder, marked, {&unmark, 1});
  expunge_all_marked(session, folder);
  if (!marked.empty()) store_flags(session, folder, marked, {&mark, 1});
}

/// Drafts are marked as such, and only they.
std::optional<bool> draft_mark(Session& session, std::string_view from, std::string_view to) {
  const DefaultFolders folders = find_default_folders(session);
  const auto drafts = folders.find(DefaultFolder::Drafts);
  if (drafts == folders.end() || (drafts->second != from && drafts->second != to)) return std::nullopt;
  return drafts->second == to;
}

NewUids in_order(std::span<const Uid> uids, const std::map<Uid, Uid>& moved) {
  NewUids found;
  for (const Uid uid : uids) {
    const auto at = moved.find(uid);
    found.push_back(at == moved.end() ? std::nullopt : std::optional(at->second));
  }
  return found;
}

void require_other_folder(std::string_view from, std::string_view to) {
  if (from == to) throw ApiError(errors::imap::kSameFolder, {std::string(from)});
}

std::optional<Uid> appended_uid(const Response& answer) {
  if (answer.code != "APPENDUID") return std::nullopt;
  const std::size_t blank = answer.arguments.find(' ');
  if (blank == std::string::npos) return std::nullopt;
  const auto uids = parse_set(answer.arguments.substr(blank + 1));
  return uids.empty() ? std::nullopt : std::optional(uids.front());
}

std::optional<Uid> append_one(Session& session, std::string_view folder, Deposit& message) {
  std::optional<NewMailFinder> finder;
  if (!session.connection().has("UIDPLUS")) finder.emplace(session, folder);
  Connection& line = session.connection();
  Command command("APPEND");
  command.add_string(session.to_wire(folder));
  if (const std::string words = words_of(message.flags); !words.empty()) command.add("(" + words + ")");
  if (message.received) command.add(format_internal_date(message.received->value));
  HeaderSniffer sniffer;
  command.add_stream(
      [&](std::size_t most) {
        std::string bytes = message.bytes(most);
        sniffer.take(bytes);
        return bytes;
      },
      message.size);
  const Response answer = line.run(command);
  require_ok(answer, line.host(), {std::string(folder), &errors::imap::kNoInsert});
  session.expect_change(folder);
  if (auto uid = appended_uid(answer)) return uid;
  return finder ? finder->find(sniffer.message_id()) : std::nullopt;
}

}  // namespace

NewUids append_messages(Session& session, std::string_view folder, std::span<Deposit> messages) {
  NewUids uids;
  for (Deposit& message : messages) uids.push_back(append_one(session, folder, message));
  return uids;
}

NewUids copy_messages(Session& session, std::string_view from, std::string_view to,
                      std::span<const Uid> uids) {
  require_other_folder(from, to);
  const std::optional<bool> draft = draft_mark(session, from, to);
  std::optional<CopyFinder> finder;
  if (!session.connection().has("UIDPLUS")) finder.emplace(session, from, to, uids);
  session.open(from, Mode::Read);
  std::map<Uid, Uid> copied;
  for (const std::string& set : format_sets(uids, kSetOctets)) transfer(session, "COPY", set, to, copied);
  if (finder && copied.empty()) copied = finder->find();
  if (draft && !copied.empty()) {
    std::vector<Uid> made;
    for (const auto& [old, fresh] : copied) made.push_back(fresh);
    const FlagChange change{{std::string(flag_word(Flag::Draft))}, *draft};
    store_flags(session, to, made, {&change, 1});
  }
  return in_order(uids, copied);
}

NewUids move_messages(Session& session, std::string_view from, std::string_view to,
                      std::span<const Uid> uids) {
  require_other_folder(from, to);
  const std::optional<bool> draft = draft_mark(session, from, to);
  std::optional<CopyFinder> finder;
  if (!session.connection().has("UIDPLUS")) finder.emplace(session, from, to, uids);
  session.open(from, Mode::Write);
  if (draft) {
    const FlagChange change{{std::string(flag_word(Flag::Draft))}, *draft};
    store_flags(session, from, uids, {&change, 1});
  }
  std::map<Uid, Uid> moved;
  const bool has_move = session.connection().has("MOVE");
  for (const std::string& set : format_sets(uids, kSetOctets)) {
    transfer(session, has_move ? "MOVE" : "COPY", set, to, moved);
    // Only what was certainly copied is removed: the COPY of the set said OK.
    if (!has_move) remove_messages(session, from, parse_set(set));
  }
  if (finder && moved.empty()) moved = finder->find();
  return in_order(uids, moved);
}

void remove_messages(Session& session, std::string_view folder, std::span<const Uid> uids) {
  session.open(folder, Mode::Write);
  const FlagChange mark{{kDeletedWord}, true, &errors::imap::kNoDelete};
  store_flags(session, folder, uids, {&mark, 1});
  if (!session.connection().has("UIDPLUS")) return expunge_only(session, folder, uids);
  for (const std::string& set : format_sets(uids, kSetOctets)) {
    Command expunge("UID EXPUNGE");
    expunge.add(set);
    session.require(expunge, {std::string(folder), &errors::imap::kNoDelete});
  }
}

/// Some servers say OK and change nothing where a right is missing; what they keep they told before.
void require_kept(const Mailbox& mailbox, std::string_view folder, const FlagChange& change) {
  if (!mailbox.permanent_flags) return;
  for (const std::string& word : change.words)
    if (word.starts_with('\\') && mailbox.permanent_flags->find(to_lower_ascii(word)) == std::string::npos)
      throw ApiError(*change.no_permission, {std::string(folder)});
}

void store_flags(Session& session, std::string_view folder, std::optional<std::span<const Uid>> uids,
                 std::span<const FlagChange> changes) {
  session.read([&](Connection&) {
    const Mailbox& mailbox = session.open(folder, Mode::Write);
    std::vector<std::string> sets = uids ? format_sets(*uids, kSetOctets) : std::vector<std::string>{"1:*"};
    if (!uids && mailbox.exists == 0) sets.clear();
    std::vector<Command> commands;
    const ErrorCode* no_permission = &errors::imap::kNoWrite;
    for (const FlagChange& change : changes) {
      if (change.words.empty()) continue;
      require_kept(mailbox, folder, change);
      no_permission = change.no_permission;
      const std::string words =
          std::string(change.is_set ? "+" : "-") + "FLAGS.SILENT (" + join(change.words, " ") + ")";
      for (const std::string& set : sets) {
        commands.emplace_back(uids ? "UID STORE" : "STORE");
        commands.back().add(set).add(words);
      }
    }
    Connection& line = session.connection();
    for (const Response& answer : line.run_all(commands)) {
      if (answer.word == "BAD")
        throw ApiError(errors::imap::kUnknownFlag, {std::string(folder), answer.text});
      require_ok(answer, line.host(), {std::string(folder), no_permission});
    }
    return true;
  });
}

}  // namespace gw::mail::imap
