#include "mail/sieve/managesieve.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/mail_filter.hpp"
#include "core/text.hpp"
#include "mail/net/sasl.hpp"

namespace gw::mail::sieve {
namespace {

namespace errors = gw::errors::mail_filter;

constexpr std::size_t kMaxLine = 65'536;

std::string to_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

bool has_word(std::string_view list, std::string_view word) {
  const auto words = split(list, ' ');
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view each) { return equal_ignoring_ascii_case(each, word); });
}

/// The text of an error without its code and the server's name, which ours name themselves.
std::string reason_of(const ApiError& error) {
  return error.arguments().size() > 1 ? error.arguments()[1]
                                      : format_error_text(error.code().text, error.arguments());
}

}  // namespace

template <class Act>
auto ManageSieve::guarded(const Act& act) {
  try {
    return act();
  } catch (const ApiError& error) {
    if (error.code().prefix != "MSG") throw;
    is_usable_ = false;
    throw ApiError(errors::kCommunication, {host_, port_, reason_of(error)});
  } catch (const std::runtime_error& broken) {
    is_usable_ = false;
    throw ApiError(errors::kCommunication, {host_, port_, broken.what()});
  }
}

ManageSieve::ManageSieve(const Server& server) : host_(server.host), port_(std::to_string(server.port)) {
  try {
    stream_ = std::make_unique<net::Stream>(server);
  } catch (const ApiError& error) {
    fail_to_connect(reason_of(error));
  }
  read_capabilities();
  const bool wants_tls = server.encryption == Encryption::StartTls || server.encryption == Encryption::Prefer;
  if (wants_tls && capabilities_.contains("STARTTLS"))
    start_tls();
  else if (server.encryption == Encryption::StartTls)
    fail_to_connect("it offers no encryption");
  if (server.mechanism != Mechanism::None) sign_in(server);
}

ManageSieve::~ManageSieve() {
  if (!is_usable_ || !stream_) return;
  try {
    stream_->write("LOGOUT\r\n");
    stream_->flush();
  } catch (const std::exception&) {
    // The server is gone already.
  }
}

void ManageSieve::fail_to_connect(const std::string& why) const {
  throw ApiError(errors::kConnect, {host_, port_, why});
}

std::optional<std::string_view> ManageSieve::capability(std::string_view name) const {
  const auto found = capabilities_.find(name);
  return found == capabilities_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

void ManageSieve::read_capabilities() {
  const Reply reply = read_reply();
  if (reply.kind != Reply::Kind::Ok) fail_to_connect(reply.text);
  capabilities_.clear();
  extensions_.clear();
  for (const auto& words : reply.lines)
    if (!words.empty() && words[0].kind == Word::Kind::String)
      capabilities_[to_upper(words[0].text)] = words.size() > 1 ? words[1].text : "";
  for (const std::string_view word : split(capability("SIEVE").value_or(""), ' '))
    if (!word.empty()) extensions_.emplace(word);
}

void ManageSieve::start_tls() {
  const Reply reply = command("STARTTLS", {});
  if (reply.kind != Reply::Kind::Ok) fail_to_connect(reply.text);
  try {
    stream_->start_tls();
  } catch (const ApiError& error) {
    is_usable_ = false;
    fail_to_connect(reason_of(error));
  }
  read_capabilities();
}

void ManageSieve::sign_in(const Server& server) {
  const std::string_view mechanism = sasl_name(server.mechanism);
  if (!has_word(capability("SASL").value_or(""), mechanism))
    fail_to_connect("it does not offer to sign in with " + std::string(mechanism));
  std::string secret = sasl_initial_response(server);
  std::string line = "AUTHENTICATE \"" + std::string(mechanism) + "\" ";
  std::string encoded = to_base64(secret);
  net::wipe(secret);
  // A token may be longer than a quoted string.
  line += write_string(encoded) + "\r\n";
  net::wipe(encoded);
  const Reply reply = guarded([&] {
    stream_->write_secret(line);
    stream_->flush();
    int challenges = 0;
    const LineSource source{[this] { return stream_->read_line(kMaxLine); },
                            [this](std::size_t count) { return stream_->read_bytes(count); }};
    // The only challenge of these mechanisms is a report of what was wrong.
    return sieve::read_reply(source, [&](const std::vector<Word>&) {
      if (++challenges > 1) throw std::runtime_error("it asks for more than the mechanism has");
      stream_->write(write_string(to_base64(sasl_error_answer(server.mechanism))) + "\r\n");
      stream_->flush();
    });
  });
  net::wipe(line);
  if (reply.kind == Reply::Kind::Bye) fail_to_connect(reply.text);
  if (reply.kind == Reply::Kind::No) {
    if (reply.code == "ENCRYPT-NEEDED" || reply.code == "TRYLATER") fail_to_connect(reply.text);
    throw ApiError(errors::kCredentials, {server.login});
  }
  // Extensions may depend on the user.
  guarded([&] {
    stream_->write("CAPABILITY\r\n");
    stream_->flush();
  });
  read_capabilities();
}

Reply ManageSieve::read_reply() {
  return guarded([&] {
    const LineSource source{[this] { return stream_->read_line(kMaxLine); },
                            [this](std::size_t count) { return stream_->read_bytes(count); }};
    Reply reply = sieve::read_reply(source);
    if (reply.kind == Reply::Kind::Bye)
      throw std::runtime_error(reply.text.empty() ? "it said goodbye" : reply.text);
    return reply;
  });
}

Reply ManageSieve::command(std::string_view verb, std::initializer_list<std::string_view> strings,
                           std::optional<std::size_t> number) {
  guarded([&] {
    std::string line(verb);
    for (const std::string_view text : strings) line += " " + write_string(text);
    if (number) line += " " + std::to_string(*number);
    stream_->write(line + "\r\n");
    stream_->flush();
  });
  return read_reply();
}

namespace {

void require_ok(const Reply& reply) {
  if (reply.kind == Reply::Kind::No)
    throw ApiError(errors::kSieve, {reply.text.empty() ? reply.code : reply.text});
}

}  // namespace

std::vector<ScriptEntry> ManageSieve::list_scripts() {
  std::vector<ScriptEntry> entries;
  const Reply reply = command("LISTSCRIPTS", {});
  require_ok(reply);
  for (const auto& words : reply.lines) {
    if (words.empty() || words[0].kind != Word::Kind::String) continue;
    entries.push_back(
        {words[0].text, words.size() > 1 && equal_ignoring_ascii_case(words[1].text, "ACTIVE")});
  }
  return entries;
}

std::optional<std::string> ManageSieve::get_script(std::string_view name) {
  const Reply reply = command("GETSCRIPT", {name});
  if (reply.kind == Reply::Kind::No && reply.code == "NONEXISTENT") return std::nullopt;
  require_ok(reply);
  if (reply.lines.empty() || reply.lines[0].empty()) return "";
  return reply.lines[0][0].text;
}

std::string ManageSieve::upload(std::string_view verb, std::initializer_list<std::string_view> strings) {
  const Reply reply = command(verb, strings);
  if (reply.kind == Reply::Kind::Ok) return reply.code == "WARNINGS" ? reply.text : "";
  // A code tells of limits and troubles of the server, none of the script's mistakes.
  if (!reply.code.empty()) require_ok(reply);
  throw ApiError(errors::kInvalidRule, {reply.text});
}

std::string ManageSieve::put_script(std::string_view name, std::string_view script) {
  return upload("PUTSCRIPT", {name, script});
}

std::string ManageSieve::check_script(std::string_view script) {
  return capabilities_.contains("VERSION") ? upload("CHECKSCRIPT", {script}) : "";
}

bool ManageSieve::has_space(std::string_view name, std::size_t size) {
  const Reply reply = command("HAVESPACE", {name}, size);
  if (reply.kind == Reply::Kind::No && reply.code.starts_with("QUOTA")) return false;
  require_ok(reply);
  return true;
}

void ManageSieve::set_active(std::string_view name) { require_ok(command("SETACTIVE", {name})); }

void ManageSieve::delete_script(std::string_view name) { require_ok(command("DELETESCRIPT", {name})); }

void ManageSieve::rename_script(std::string_view from, std::string_view to) {
  require_ok(command("RENAMESCRIPT", {from, to}));
}

void ManageSieve::noop() { require_ok(command("NOOP", {})); }

std::string load_active_script(ManageSieve& server) {
  for (const ScriptEntry& entry : server.list_scripts())
    if (entry.is_active)
      if (auto script = server.get_script(entry.name)) return std::move(*script);
  throw ApiError(errors::kNoActiveScript);
}

}  // namespace gw::mail::sieve
