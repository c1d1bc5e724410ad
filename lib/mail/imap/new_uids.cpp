#include "mail/imap/new_uids.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/imap/message_fetch.hpp"
#include "mail/imap/number_set.hpp"
#include "mail/mime/headers.hpp"

namespace gw::mail::imap {
namespace {

constexpr std::size_t kMostHead = 65'536;

std::vector<std::pair<Uid, std::string>> ids_of(Session& session, std::string_view folder,
                                                std::span<const Uid> uids) {
  std::vector<std::pair<Uid, std::string>> ids;
  for (auto& [uid, message] : fetch_messages(session, folder, uids, FetchSet{}.add(Fetch::Envelope)))
    ids.emplace_back(uid, std::move(message.message_id));
  return ids;
}

}  // namespace

void add_copied_uids(std::string_view arguments, std::map<Uid, Uid>& copied) {
  const std::vector<std::string_view> words = split(arguments, ' ');
  if (words.size() != 3) return;
  const auto from = parse_set(words[1]), to = parse_set(words[2]);
  if (from.size() != to.size()) return;
  for (std::size_t i = 0; i < from.size(); ++i) copied[from[i]] = to[i];
}

bool is_keyword(std::string_view word) {
  return !word.empty() && word.size() <= 255 && std::all_of(word.begin(), word.end(), [](char c) {
    return c > ' ' && c <= '~' && std::string_view("(){%*\"\\]").find(c) == std::string_view::npos;
  });
}

void HeaderSniffer::take(std::string_view bytes) {
  if (head_.size() < kMostHead) head_ += bytes.substr(0, kMostHead - head_.size());
}

std::string HeaderSniffer::message_id() const {
  const mime::HeaderList headers = mime::parse_headers(head_);
  const auto value = mime::find_value(headers, "Message-ID");
  const auto ids = value ? mime::parse_message_ids(*value) : std::vector<std::string>();
  return ids.empty() ? std::string() : ids.front();
}

NewMailFinder::NewMailFinder(Session& session, std::string_view folder) : session_(session), folder_(folder) {
  // STATUS of the selected mailbox may be old.
  session.leave(folder);
  Command command("STATUS");
  command.add_string(session.to_wire(folder)).add("(UIDNEXT)");
  Connection& line = session.connection();
  const Response answer = line.run(command, [&](Response& response) {
    if (response.word == "STATUS") next_uid_ = parse_status(response.text).value("UIDNEXT");
  });
  // A refusal without a reason is a mailbox that is not there.
  if (answer.word == "NO" && answer.code.empty()) throw ApiError(errors::msg::kFolderNotFound, {folder_});
  require_ok(answer, line.host(), {folder_, &errors::imap::kNoInsert});
}

std::multimap<std::string, Uid> NewMailFinder::find_all() {
  std::multimap<std::string, Uid> found;
  if (next_uid_ == 0) return found;
  session_.expect_change(folder_);
  session_.open(folder_, Mode::Read);
  Command command("UID FETCH");
  command.add(std::to_string(next_uid_) + ":* (UID ENVELOPE)");
  session_.require(command, {folder_}, [&](Response& response) {
    if (response.word != "FETCH") return;
    Message message = parse_fetch(response.number, response.text).message;
    if (message.uid >= next_uid_) found.emplace(std::move(message.message_id), message.uid);
  });
  return found;
}

std::optional<Uid> NewMailFinder::find(const std::string& message_id) {
  const auto found = find_all();
  return found.count(message_id) == 1 ? std::optional(found.find(message_id)->second) : std::nullopt;
}

CopyFinder::CopyFinder(Session& session, std::string_view from, std::string_view to,
                       std::span<const Uid> uids)
    : ids_(ids_of(session, from, uids)), target_(session, to) {}

std::map<Uid, Uid> CopyFinder::find() {
  auto found = target_.find_all();
  std::map<Uid, Uid> copied;
  for (const auto& [uid, id] : ids_) {
    const auto at = found.find(id);
    if (id.empty() || at == found.end()) continue;
    copied[uid] = at->second;
    found.erase(at);
  }
  return copied;
}

}  // namespace gw::mail::imap
