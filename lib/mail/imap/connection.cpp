#include "mail/imap/connection.hpp"

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/imap/measured.hpp"
#include "mail/imap/refusal.hpp"

namespace gw::mail::imap {
namespace {

/// A connection unused for longer is asked whether it still lives.
constexpr std::chrono::seconds kTrusted{5};
/// RFC 7888: LITERAL- allows unasked literals up to this size.
constexpr std::int64_t kSmallLiteral = 4'096;
constexpr std::size_t kStreamPiece = 65'536;

/// How many of the commands are sent before their answers are read. What is under way must fit into the
/// buffers of the line: a server that cannot write its answers stops reading, and then both would wait.
/// Where a literal waits for the server, which answers in order, nothing can be sent ahead of it.
std::size_t count_at_once(std::span<const Command> commands, bool takes_literals) {
  constexpr std::int64_t kMostBytes = 16'384;
  std::int64_t bytes = 0;
  std::size_t count = 0;
  for (const Command& command : commands) {
    bool waits = false;
    for (const Command::Piece& piece : command.pieces()) {
      const bool is_plain = piece.kind == Command::Piece::Kind::Plain;
      bytes += is_plain ? static_cast<std::int64_t>(piece.bytes.size()) : piece.size;
      waits = waits || (!is_plain && !takes_literals);
    }
    if (count > 0 && (waits || bytes > kMostBytes)) break;
    ++count;
    if (waits) break;
  }
  return count;
}

}  // namespace

template <class Work>
auto Connection::measured(std::string_view command, const Work& work) {
  const Stopwatch watch;
  try {
    auto result = guarded(work);
    watch.tell(Metric::ImapCommands, {metric_server_, command});
    return result;
  } catch (const ApiError& error) {
    // What goes wrong before the sign-in is over is counted there.
    if (is_signed_in_) count(Metric::ImapErrors, {metric_server_, metric_error(error)});
    throw;
  }
}

Connection::~Connection() {
  count(Metric::ImapConnections, {metric_server_}, -1);
  if (is_broken_ || !is_signed_in_) return;
  try {
    stream_.write(next_tag() + " LOGOUT\r\n");
    stream_.flush();
  } catch (const std::exception&) {
    // It is gone already.
  }
}

std::string Connection::next_tag() { return "A" + std::to_string(++tags_); }

Response Connection::read_response(const LiteralSink& sink) {
  Response response = parse_response(read_response_text(stream_, sink));
  note(response);
  return response;
}

std::optional<Response> Connection::send_literal(const Command::Piece& piece, const std::string& tag) {
  const bool unasked = has("LITERAL+") || (has("LITERAL-") && piece.size <= kSmallLiteral);
  stream_.write("{" + std::to_string(piece.size) + (unasked ? "+}\r\n" : "}\r\n"));
  if (!unasked) {
    stream_.flush();
    for (;;) {
      Response response = read_response({});
      if (response.kind == Response::Kind::Continue) break;
      if (response.kind == Response::Kind::Tagged && response.tag == tag) return response;
    }
  }
  if (piece.kind == Command::Piece::Kind::Literal) {
    stream_.write(piece.bytes);
    return std::nullopt;
  }
  std::int64_t left = piece.size;
  while (left > 0) {
    const std::string bytes =
        piece.source(static_cast<std::size_t>(std::min<std::int64_t>(left, kStreamPiece)));
    if (bytes.empty() || static_cast<std::int64_t>(bytes.size()) > left)
      throw ApiError(errors::msg::kInputOutput, {"a message has not the size that was announced"});
    stream_.write(bytes);
    left -= static_cast<std::int64_t>(bytes.size());
  }
  return std::nullopt;
}

std::optional<Response> Connection::send(const Command& command, const std::string& tag) {
  const auto write = [&](std::string_view bytes) {
    command.is_secret() ? stream_.write_secret(bytes) : stream_.write(bytes);
  };
  write(tag + " ");
  for (const Command::Piece& piece : command.pieces()) {
    if (piece.kind == Command::Piece::Kind::Plain)
      write(piece.bytes);
    else if (auto refused = send_literal(piece, tag))
      return refused;
  }
  write("\r\n");
  return std::nullopt;
}

Response Connection::read_answer(const std::string& tag, const OnData& on_data, const LiteralSink& sink) {
  for (;;) {
    Response response = read_response(sink);
    if (response.kind == Response::Kind::Tagged && response.tag == tag) return response;
    if (response.word == "BYE")
      throw net::ConnectionClosed(errors::msg::kConnectionLost, {host(), response.text});
    if (on_data && response.kind == Response::Kind::Untagged) on_data(response);
  }
}

Response Connection::run(const Command& command, const OnData& on_data, const LiteralSink& sink) {
  return measured(metric_command(command), [&] {
    const std::string tag = next_tag();
    if (auto refused = send(command, tag)) return *refused;
    stream_.flush();
    return read_answer(tag, on_data, sink);
  });
}

std::vector<Response> Connection::run_all(std::span<const Command> commands, const OnData& on_data) {
  std::vector<Response> answers;
  while (!commands.empty()) {
    const auto now = commands.first(count_at_once(commands, has("LITERAL+")));
    commands = commands.subspan(now.size());
    measured(metric_command(now.front()), [&] {
      std::vector<std::string> tags;
      for (const Command& command : now) {
        tags.push_back(next_tag());
        if (auto refused = send(command, tags.back())) {
          answers.push_back(std::move(*refused));
          tags.pop_back();
        }
      }
      stream_.flush();
      for (const std::string& tag : tags) answers.push_back(read_answer(tag, on_data, {}));
      return true;
    });
  }
  return answers;
}

void Connection::note(const Response& response) {
  if (response.is_status()) {
    note_status_code(response);
    return;
  }
  if (response.word == "CAPABILITY" && response.kind == Response::Kind::Untagged)
    capabilities_ = CapabilityList(response.text);
  Mailbox* mailbox = selecting_ ? &*selecting_ : selected_ ? &*selected_ : nullptr;
  if (mailbox == nullptr) return;
  if (response.word == "FLAGS") {
    mailbox->keywords.clear();
    for (const Value& each : Cursor(response.text).next().items) mailbox->keywords.insert(each.text);
  }
  if (response.word == "EXISTS") mailbox->exists = response.number;
  if (response.word == "EXPUNGE" && mailbox->exists > 0) --mailbox->exists;
}

void Connection::note_status_code(const Response& response) {
  if (response.code == "CAPABILITY") capabilities_ = CapabilityList(response.arguments);
  Mailbox* mailbox = selecting_ ? &*selecting_ : selected_ ? &*selected_ : nullptr;
  if (mailbox == nullptr || response.code.empty()) return;
  const auto number = parse_number(response.arguments).value_or(0);
  if (response.code == "UIDVALIDITY") mailbox->uid_validity = static_cast<std::uint32_t>(number);
  if (response.code == "UIDNEXT") mailbox->uid_next = static_cast<std::uint32_t>(number);
  if (response.code == "HIGHESTMODSEQ") mailbox->highest_modseq = number;
  if (response.code == "READ-ONLY") mailbox->is_read_only = true;
  if (response.code == "PERMANENTFLAGS") {
    mailbox->keeps_keywords = response.arguments.find("\\*") != std::string::npos;
    mailbox->permanent_flags = to_lower_ascii(response.arguments);
  }
}

Response Connection::select(const std::string& wire_name, bool for_writing) {
  // Whatever becomes of it, the old mailbox is left.
  selected_.reset();
  selecting_ = Mailbox{};
  selecting_->wire_name = wire_name;
  selecting_->is_read_only = !for_writing;
  Command command(for_writing ? "SELECT" : "EXAMINE");
  command.add_string(wire_name);
  Response answer = run(command);
  if (answer.is_ok()) {
    selected_ = std::move(selecting_);
    selected_->selected_at = std::chrono::steady_clock::now();
  }
  selecting_.reset();
  return answer;
}

void Connection::unselect() {
  if (!selected_) return;
  if (has("UNSELECT")) {
    run(Command("UNSELECT"));
  } else {
    // CLOSE removes what is marked deleted, unless the mailbox was opened for reading only.
    if (!selected_->is_read_only && !select(selected_->wire_name, false).is_ok()) return;
    run(Command("CLOSE"));
  }
  selected_.reset();
}

Connection::Health Connection::check_health() {
  if (is_broken_) return Health::Gone;
  try {
    const auto idle = std::chrono::steady_clock::now() - last_use_;
    // Input that nobody asked for is news of the mailbox or a BYE; asking tells.
    if (idle < kTrusted && !stream_.has_input()) return Health::Assumed;
    return run(Command("NOOP")).is_ok() ? Health::Asked : Health::Gone;
  } catch (const ApiError&) {
    return Health::Gone;
  }
}

}  // namespace gw::mail::imap
