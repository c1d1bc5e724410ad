#include "mail/pop3/client.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/net/sasl.hpp"

namespace gw::mail::pop3 {
namespace {

namespace errors = gw::errors::msg;

constexpr std::size_t kMaxAnswer = 4'096, kMaxLine = 8U << 20U, kMaxMessages = 1'000'000,
                      kMaxCapabilities = 200, kMaxHeaders = 1U << 20U;

std::string to_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

/// A word that may stand in a command.
const std::string& check_word(const std::string& text, const Server& server, bool is_primary) {
  if (text.empty() || text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
    throw ApiError(is_primary ? errors::kLoginFailed : errors::kBadCredentials, {server.host, server.login});
  return text;
}

}  // namespace

Client::Client(const Server& server, bool is_primary) : stream_(server) {
  const Answer greeting = read_answer();
  if (!greeting.is_ok) throw ApiError(errors::kConnectFailed, {stream_.host(), greeting.text});
  read_capabilities();
  encrypt(server);
  sign_in(server, is_primary);
  read_capabilities();
}

Client::Answer Client::command(std::string_view line) {
  stream_.write(line);
  stream_.write("\r\n");
  stream_.flush();
  return read_answer();
}

Client::Answer Client::read_answer() {
  const std::string line = stream_.read_line(kMaxAnswer);
  Answer answer;
  std::string_view rest = line;
  if (rest.starts_with("+OK")) {
    answer.is_ok = true;
    rest.remove_prefix(3);
  } else if (rest.starts_with("-ERR")) {
    rest.remove_prefix(4);
  } else if (rest == "+" || rest.starts_with("+ ")) {
    return {true, "CHALLENGE", ""};  // what is in it is only a report of errors
  } else {
    throw ApiError(errors::kProtocol, {stream_.host(), replace_invalid_utf8(rest.substr(0, 100))});
  }
  rest = trim(rest);
  if (rest.starts_with('[')) {
    const std::size_t end = std::min(rest.find(']'), rest.size() - 1);
    answer.code = to_upper(rest.substr(1, end - 1));
    rest = trim(rest.substr(end + 1));
  }
  answer.text = replace_invalid_utf8(rest);
  return answer;
}

void Client::read_lines(const std::function<void(std::string_view)>& take) {
  for (;;) {
    const std::string line = stream_.read_line(kMaxLine);
    if (line == ".") return;
    take(std::string_view(line).substr(line.starts_with('.') ? 1 : 0));
  }
}

void Client::require_ok(const Answer& answer) const {
  if (!answer.is_ok) throw ApiError(errors::kServerNo, {stream_.host(), answer.text});
}

void Client::read_capabilities() {
  capabilities_.clear();
  if (!command("CAPA").is_ok) return;  // servers before RFC 2449
  std::size_t count = 0;
  read_lines([&](std::string_view line) {
    if (++count > kMaxCapabilities) throw ApiError(errors::kProtocol, {stream_.host(), "CAPA"});
    const std::string words = to_upper(trim(line));
    if (!words.starts_with("SASL ")) {
      capabilities_.insert(words.substr(0, words.find(' ')));
      return;
    }
    for (const std::string_view mechanism : split(std::string_view(words).substr(5), ' '))
      if (!mechanism.empty()) capabilities_.insert("SASL " + std::string(mechanism));
  });
}

void Client::encrypt(const Server& server) {
  if (server.encryption != Encryption::StartTls && server.encryption != Encryption::Prefer) return;
  if (capabilities_.contains("STLS")) {
    const Answer answer = command("STLS");
    if (answer.is_ok) {
      stream_.start_tls();
      read_capabilities();
      return;
    }
  }
  if (server.encryption == Encryption::StartTls) throw ApiError(errors::kNoEncryption, {stream_.host()});
}

void Client::sign_in(const Server& server, bool is_primary) {
  if (server.mechanism == Mechanism::None)
    throw ApiError(errors::kAuthTypeUnsupported, {server.host, "none"});
  check_word(server.login, server, is_primary);
  const bool has_mechanism = capabilities_.contains("SASL " + std::string(sasl_name(server.mechanism)));
  if (!has_mechanism && server.mechanism != Mechanism::Password)
    throw ApiError(errors::kAuthTypeUnsupported, {server.host, std::string(sasl_name(server.mechanism))});
  // Old servers announce nothing and know USER. Others leave it out while the line is not encrypted.
  if (!has_mechanism && !capabilities_.empty() && !capabilities_.contains("USER"))
    throw stream_.is_encrypted() ? ApiError(errors::kAuthTypeUnsupported, {server.host, "PLAIN"})
                                 : ApiError(errors::kEncryptionRequired, {server.host});
  if (!has_mechanism) check_word(server.secret, server, is_primary);
  const Answer answer = has_mechanism ? sign_in_by_sasl(server) : sign_in_by_password(server);
  if (answer.is_ok) return;
  if (answer.code == "IN-USE" || answer.code == "LOGIN-DELAY")
    throw ApiError(errors::kInUse, {server.host, answer.text});
  if (answer.code.starts_with("SYS")) throw ApiError(errors::kServerNo, {server.host, answer.text});
  throw ApiError(is_primary ? errors::kLoginFailed : errors::kBadCredentials, {server.host, server.login});
}

Client::Answer Client::sign_in_by_sasl(const Server& server) {
  Answer answer = command("AUTH " + std::string(sasl_name(server.mechanism)));
  bool has_answered = false;
  for (int turn = 0; answer.code == "CHALLENGE" && turn < 3; ++turn) {
    std::string secret =
        has_answered ? std::string(sasl_error_answer(server.mechanism)) : sasl_initial_response(server);
    std::string line = to_base64(secret) + "\r\n";
    net::wipe(secret);
    stream_.write_secret(line);
    net::wipe(line);
    stream_.flush();
    has_answered = true;
    answer = read_answer();
  }
  if (answer.code == "CHALLENGE") answer.is_ok = false;
  return answer;
}

Client::Answer Client::sign_in_by_password(const Server& server) {
  Answer answer = command("USER " + server.login);
  if (!answer.is_ok) return answer;
  std::string line = "PASS " + server.secret + "\r\n";
  stream_.write_secret(line);
  net::wipe(line);
  stream_.flush();
  return read_answer();
}

std::vector<Entry> Client::list() {
  if (!capabilities_.empty() && !capabilities_.contains("UIDL"))
    throw ApiError(errors::kUnsupportedOperation, {"UIDL"});
  const Answer answer = command("UIDL");
  if (!answer.is_ok) throw ApiError(errors::kUnsupportedOperation, {"UIDL"});
  std::vector<Entry> entries;
  const auto fail = [&] { throw ApiError(errors::kProtocol, {stream_.host(), "UIDL"}); };
  read_lines([&](std::string_view line) {
    const auto words = split(line, ' ');
    const auto number = parse_integer(words[0]);
    if (words.size() != 2 || !number || *number < 1 || *number > INT32_MAX || entries.size() == kMaxMessages)
      fail();
    entries.push_back({static_cast<int>(*number), std::string(words[1]), -1});
  });
  require_ok(command("LIST"));
  std::size_t place = 0, count = 0;
  read_lines([&](std::string_view line) {
    if (++count > kMaxMessages) fail();
    const auto words = split(line, ' ');
    const auto number = parse_integer(words[0]);
    // Both lists have the same order; a message that only one of them knows is passed over.
    while (place < entries.size() && number && entries[place].number < *number) ++place;
    if (place < entries.size() && number && words.size() > 1 && entries[place].number == *number)
      entries[place].size = parse_integer(words[1]).value_or(-1);
  });
  return entries;
}

std::optional<std::string> Client::headers(int number) {
  if (!command("TOP " + std::to_string(number) + " 0").is_ok) return std::nullopt;
  std::string text;
  bool is_over = false;
  read_lines([&](std::string_view line) {
    is_over = is_over || text.size() + line.size() > kMaxHeaders;
    // Servers that do not know the number in TOP send the text, too.
    if (is_over) return;
    text += line;
    text += "\r\n";
    is_over = line.empty();
  });
  return text;
}

bool Client::retrieve(int number, const std::function<bool(std::string_view)>& sink) {
  if (!command("RETR " + std::to_string(number)).is_ok) return false;
  bool goes_on = true;
  read_lines([&](std::string_view line) {
    goes_on = goes_on && sink(line) && sink("\r\n");
    // What nobody takes has to be over in time.
    if (goes_on) stream_.credit(line.size() + 2);
  });
  return true;
}

void Client::remove(int number) { require_ok(command("DELE " + std::to_string(number))); }

void Client::quit() { require_ok(command("QUIT")); }

}  // namespace gw::mail::pop3
