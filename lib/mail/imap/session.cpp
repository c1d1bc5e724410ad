#include "mail/imap/session.hpp"

#include "mail/imap/mailbox_name.hpp"

namespace gw::mail::imap {
namespace {
/// Servers go on showing a mailbox that is gone, or was made anew under its name, to whoever has it selected:
/// NOOP tells nothing of it. So a mailbox is selected anew after this time, which costs little more.
constexpr std::chrono::seconds kTrustedSelection{2};
}  // namespace

Session::Session(const Account& account, Pool& pool, const PoolKey& key, bool compresses)
    : account_(account), compresses_(compresses), lease_(pool.take(key, pool_identity(account.store))) {}

Connection& Session::connection() {
  std::unique_ptr<Connection>& connection = lease_->connection;
  if (connection && !is_checked_) {
    const Connection::Health health = connection->check_health();
    if (health == Connection::Health::Asked && connection->selected() != nullptr)
      fresh_folder_ = connection->selected()->wire_name;
    if (health == Connection::Health::Gone) connection.reset();
  }
  if (connection && connection->is_broken()) connection.reset();
  if (!connection) {
    connection =
        std::make_unique<Connection>(account_.store, ConnectionOptions{account_.id == 0, compresses_});
    fresh_folder_.clear();
  }
  is_checked_ = true;
  return *connection;
}

const Mailbox& Session::open(std::string_view folder, Mode mode) {
  const Mailbox& mailbox = open_as_known(folder, mode);
  if (is_fresh()) return mailbox;
  require(Command("NOOP"), {});
  fresh_folder_ = to_wire(folder);
  return *connection().selected();
}

bool Session::is_fresh() const {
  const auto& line = lease_->connection;
  return line && line->selected() != nullptr && line->selected()->wire_name == fresh_folder_;
}

std::vector<Response> Session::ask(const std::vector<Command>& commands, const OnData& on_data) {
  Connection& line = connection();
  if (!is_fresh()) {
    require(Command("NOOP"), {});
    fresh_folder_ = line.selected()->wire_name;
  }
  return line.run_all(commands, on_data);
}

bool Session::ask_by_number(std::vector<Command> commands, const OnData& on_data,
                            std::vector<Response>& answers) {
  Connection& line = connection();
  const bool asks = !is_fresh();
  if (asks) commands.emplace_back("NOOP");
  const std::uint32_t exists = line.selected()->exists;
  bool has_moved = false;
  answers = line.run_all(commands, [&](Response& response) {
    has_moved = has_moved || response.word == "EXPUNGE";
    on_data(response);
  });
  if (!asks) return false;
  require_ok(answers.back(), line.host(), {});
  answers.pop_back();
  fresh_folder_ = line.selected()->wire_name;
  return has_moved || line.selected()->exists != exists;
}

const Mailbox& Session::open_as_known(std::string_view folder, Mode mode) {
  Connection& line = connection();
  const std::string name = to_wire(folder);
  const Mailbox* selected = line.selected();
  const bool is_selected = selected != nullptr && selected->wire_name == name;
  const bool may_stay = is_selected && (mode == Mode::Read || !selected->is_read_only);
  if (may_stay &&
      (is_fresh() || std::chrono::steady_clock::now() - selected->selected_at < kTrustedSelection))
    return *selected;
  if (folder.empty()) throw ApiError(errors::msg::kHoldsNoMessages, {account_.name});
  const Response answer = line.select(name, mode == Mode::Write || (may_stay && !selected->is_read_only));
  // Servers say in many ways that a mailbox is not there; few say it by code.
  if (answer.word == "NO" && answer.code.empty())
    throw ApiError(errors::msg::kFolderNotFound, {std::string(folder)});
  require_ok(answer, line.host(), {std::string(folder), &errors::imap::kNoRead});
  fresh_folder_ = name;
  if (mode == Mode::Write && line.selected()->is_read_only)
    throw ApiError(errors::msg::kReadOnlyFolder, {std::string(folder)});
  return *line.selected();
}

void Session::leave(std::string_view folder) {
  Connection& line = connection();
  if (line.selected() != nullptr && line.selected()->wire_name == to_wire(folder)) line.unselect();
}

void Session::expect_change(std::string_view folder) {
  if (fresh_folder_ == to_wire(folder)) fresh_folder_.clear();
}

Response Session::require(const Command& command, const Attempt& attempt, const OnData& on_data) {
  Connection& line = connection();
  Response answer = line.run(command, on_data);
  require_ok(answer, line.host(), attempt);
  return answer;
}

std::string Session::to_wire(std::string_view folder) {
  const std::string name = normalize_mailbox(folder);
  return connection().uses_utf8_names() ? name : encode_mailbox(name);
}

const Namespaces& Session::connection_namespaces() const {
  static const auto& none = *new Namespaces;
  return lease_->connection ? lease_->connection->namespaces() : none;
}

std::string Session::from_wire(std::string_view name) const {
  // Also called while a command runs, so it must not look at the connection's health.
  const auto& line = lease_->connection;
  return normalize_mailbox(line && line->uses_utf8_names() ? std::string(name) : decode_mailbox(name));
}

}  // namespace gw::mail::imap
