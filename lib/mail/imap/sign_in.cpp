// The beginning of a connection: greeting, encryption, login, and what every connection asks once.
#include "core/crypto.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/imap/connection.hpp"
#include "mail/imap/measured.hpp"
#include "mail/imap/refusal.hpp"
#include "mail/net/sasl.hpp"

namespace gw::mail::imap {
namespace {

/// Overwritten at the end of its life, also after an exception.
struct Secret {
  std::string text;
  ~Secret() { net::wipe(text); }
};

std::string encode_secret(std::string plain) {
  std::string encoded = to_base64(plain);
  net::wipe(plain);
  return encoded;
}

void require_complete(const Server& server) {
  if (server.host.empty()) throw ApiError(errors::msg::kAccountIncomplete, {"the mail server"});
  if (server.mechanism != Mechanism::None && server.login.empty())
    throw ApiError(errors::msg::kAccountIncomplete, {"the login"});
}

}  // namespace

Connection::Connection(const Server& server, const ConnectionOptions& options) try
    : options_(options), metric_server_(metric_server(server)), stream_((require_complete(server), server)) {
  try {
    greet(server);
    encrypt(server);
    sign_in(server);
    settle();
    if (options_.compresses && has("COMPRESS=DEFLATE")) compress();
  } catch (const BadResponse& bad) {
    throw ApiError(errors::msg::kProtocol, {host(), bad.what()});
  }
  connecting_.tell(Metric::ImapCommands, {metric_server_, "connect"});
  count(Metric::ImapConnections, {metric_server_});
} catch (const ApiError& error) {
  // No member may be touched any more.
  count(Metric::ImapErrors, {metric_server(server), metric_error(error)});
  throw;
}

void Connection::greet(const Server&) {
  const Response greeting = read_response({});
  if (greeting.kind != Response::Kind::Untagged || !greeting.is_status() || greeting.word == "NO" ||
      greeting.word == "BAD")
    throw ApiError(errors::msg::kProtocol, {host(), "its greeting is none of IMAP"});
  if (greeting.word == "BYE") throw ApiError(errors::msg::kConnectFailed, {host(), greeting.text});
  is_signed_in_ = greeting.word == "PREAUTH";
  if (capabilities_.empty()) ask_capabilities();
}

void Connection::ask_capabilities() { require_ok(run(Command("CAPABILITY")), host(), {}); }

void Connection::encrypt(const Server& server) {
  const bool wants = server.encryption == Encryption::StartTls || server.encryption == Encryption::Prefer;
  if (!wants || stream_.is_encrypted()) return;
  // A connection that is signed in already cannot be encrypted: somebody between may have said so.
  const bool offered = has("STARTTLS") && !is_signed_in_;
  if (!offered) {
    if (server.encryption == Encryption::StartTls) throw ApiError(errors::msg::kNoEncryption, {host()});
    return;
  }
  const Response answer = run(Command("STARTTLS"));
  if (!answer.is_ok()) {
    if (server.encryption == Encryption::StartTls) throw ApiError(errors::msg::kNoEncryption, {host()});
    return;
  }
  stream_.start_tls();
  // What was said in plain text may have been said by anybody.
  capabilities_ = {};
  ask_capabilities();
}

Response Connection::authenticate(const Server& server) {
  const std::string mechanism(sasl_name(server.mechanism));
  const Secret secret{encode_secret(sasl_initial_response(server))};
  return guarded([&] {
    const std::string tag = next_tag();
    bool is_sent = has("SASL-IR");
    stream_.write(tag + " AUTHENTICATE " + mechanism + (is_sent ? " " : ""));
    if (is_sent) stream_.write_secret(secret.text);
    stream_.write("\r\n");
    stream_.flush();
    for (int challenges = 0;;) {
      Response response = read_response({});
      const bool is_answer = response.kind == Response::Kind::Tagged && response.tag == tag;
      if (is_answer || response.word == "BYE") return response;
      if (response.kind != Response::Kind::Continue) continue;
      if (++challenges > 4) throw BadResponse("the login has too many steps");
      // A challenge after the secret is the report of an error; the answer lets the server say NO.
      stream_.write_secret(is_sent ? to_base64(sasl_error_answer(server.mechanism)) : secret.text);
      stream_.write("\r\n");
      is_sent = true;
      stream_.flush();
    }
  });
}

void Connection::sign_in(const Server& server) {
  if (is_signed_in_) return;
  const std::string mechanism(sasl_name(server.mechanism));
  const bool has_sasl = !mechanism.empty() && has("AUTH=" + mechanism);
  const bool is_password = server.mechanism == Mechanism::Password;
  if (!has_sasl && is_password && has("LOGINDISABLED"))
    throw ApiError(errors::msg::kEncryptionRequired, {host()});
  if (!has_sasl && (!is_password || !server.authorize_as.empty()))
    throw ApiError(errors::msg::kAuthTypeUnsupported, {host(), mechanism.empty() ? "none" : mechanism});
  Response answer;
  if (has_sasl) {
    answer = authenticate(server);
  } else {
    Command login("LOGIN");
    login.mark_secret().add_string(server.login).add_string(server.secret);
    answer = run(login);
  }
  if (!answer.is_ok()) throw_login_refusal(answer, host(), server.login, options_.is_primary);
  is_signed_in_ = true;
  if (answer.code != "CAPABILITY") ask_capabilities();
}

void Connection::settle() {
  std::vector<Command> commands;
  if (has("ID")) commands.emplace_back("ID (\"name\" \"groupware\")");
  const bool enables = has("ENABLE") && has("UTF8=ACCEPT");
  if (enables) commands.emplace_back("ENABLE UTF8=ACCEPT");
  if (has("NAMESPACE")) commands.emplace_back("NAMESPACE");
  run_all(commands, [&](Response& response) {
    if (response.word == "ENABLED") uses_utf8_names_ = CapabilityList(response.text).has("UTF8=ACCEPT");
    if (response.word == "NAMESPACE") namespaces_ = parse_namespaces(response.text);
  });
}

void Connection::compress() {
  if (run(Command("COMPRESS DEFLATE")).is_ok()) stream_.start_deflate();
}

}  // namespace gw::mail::imap
