#include "mail/smtp/failure.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <cerrno>

#include "core/errors/mail.hpp"
#include "core/text.hpp"

namespace gw::mail::smtp {
namespace {

namespace errors = gw::errors::msg;

std::string words(const Answer& answer) { return fmt::format("{} {}", answer.code, answer.text); }

[[noreturn]] void throw_sign_in(const Transcript& transcript, const Server& server) {
  const bool is_plain = server.encryption != Encryption::Tls && !transcript.has_started_tls();
  const int code = transcript.answer().code;
  // RFC 4954 section 6: 538 and 530 ask for encryption, 454 and other 4xx are passing troubles of the server.
  if (is_plain &&
      (code == 538 || code == 530 || (!transcript.has_signed_in() && transcript.offers("starttls"))))
    throw ApiError(errors::kEncryptionRequired, {server.host});
  if (!transcript.has_signed_in()) throw ApiError(errors::kAuthTypeUnsupported, {server.host, "SMTP AUTH"});
  if (code >= 400 && code < 500) throw ApiError(errors::kTransportRefused, {words(transcript.answer())});
  throw ApiError(errors::kTransportCredentials, {server.host});
}

[[noreturn]] void throw_refusal(const Transcript& transcript, const Server& server,
                                const Envelope& envelope) {
  const Answer& answer = transcript.answer();
  switch (transcript.step()) {
    case Step::SignIn:
      throw_sign_in(transcript, server);
    case Step::StartTls:
      throw ApiError(errors::kNoEncryption, {server.host});
    case Step::Greeting:
    case Step::Hello:
      throw ApiError(errors::kConnectFailed, {server.host, words(answer)});
    case Step::Recipient: {
      std::vector<std::string> refused;
      for (const auto& [address, text] : refused_recipients(transcript, envelope))
        refused.push_back(fmt::format("{} ({})", address, text));
      throw ApiError(errors::kRecipientsRefused, {join(refused, ", ")});
    }
    default:
      break;
  }
  // RFC 1870 section 6: 552 at MAIL or after the content.
  if (answer.code == 552) throw ApiError(errors::kMessageTooLarge);
  if (answer.code == 530) {
    if (server.encryption != Encryption::Tls && !transcript.has_started_tls() &&
        transcript.offers("starttls"))
      throw ApiError(errors::kEncryptionRequired, {server.host});
    throw ApiError(errors::kTransportCredentials, {server.host});
  }
  throw ApiError(errors::kTransportRefused, {words(answer)});
}

/// What curl says when no connection came about.
void throw_if_not_connected(const Failure& failure, const Server& server) {
  switch (failure.curl_code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      throw ApiError(errors::kUnknownHost, {server.host});
    case CURLE_COULDNT_CONNECT:
      if (failure.os_error == ENETUNREACH || failure.os_error == EHOSTUNREACH)
        throw ApiError(errors::kNoRoute, {server.host});
      throw ApiError(errors::kConnectFailed, {server.host, failure.reason});
    case CURLE_USE_SSL_FAILED:
      throw ApiError(errors::kNoEncryption, {server.host});
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
      throw ApiError(errors::kConnectFailed, {server.host, failure.reason});
    default:
      break;
  }
  if (failure.was_never_connected)
    throw ApiError(errors::kConnectFailed, {server.host, "it does not answer in time"});
}

void throw_own_check(const Failure& failure, const Transcript& transcript, const Server& server) {
  switch (failure.check) {
    case Failure::Check::SmtpUtf8:
      throw ApiError(errors::kTransportRefused,
                     {"the server cannot carry addresses with characters beyond ASCII (no SMTPUTF8)"});
    case Failure::Check::TooLarge:
      throw ApiError(errors::kMessageTooLarge);
    case Failure::Check::SignIn:
      throw_sign_in(transcript, server);
    case Failure::Check::None:
      break;
  }
}

}  // namespace

UnknownOutcome::UnknownOutcome(const std::string& host)
    : ApiError(
          errors::kConnectionLost,
          {host,
           "the mail was handed over, but the answer is missing. It is not known whether it was sent; ask a "
           "recipient before you send it again"}) {}

void throw_failure(const Failure& failure, const Transcript& transcript, const Server& server,
                   const Envelope& envelope) {
  throw_own_check(failure, transcript, server);
  throw_if_not_connected(failure, server);
  if (transcript.answer().is_refusal()) throw_refusal(transcript, server, envelope);
  if (failure.curl_code == CURLE_LOGIN_DENIED) throw_sign_in(transcript, server);
  if (transcript.step() == Step::Content && transcript.is_content_over()) throw UnknownOutcome(server.host);
  if (transcript.step() == Step::Greeting || transcript.step() == Step::Hello)
    throw ApiError(errors::kConnectFailed, {server.host, failure.reason});
  throw ApiError(errors::kConnectionBroken, {server.host});
}

std::vector<std::pair<std::string, std::string>> refused_recipients(const Transcript& transcript,
                                                                    const Envelope& envelope) {
  std::vector<std::pair<std::string, std::string>> refused;
  const auto& answers = transcript.recipients();
  for (std::size_t i = 0; i < answers.size() && i < envelope.recipients.size(); ++i)
    if (answers[i].is_refusal()) refused.emplace_back(envelope.recipients[i], words(answers[i]));
  return refused;
}

}  // namespace gw::mail::smtp
