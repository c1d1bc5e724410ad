#include "mail/smtp/transport.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <stdexcept>

#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"
#include "core/text.hpp"
#include "mail/net/stream.hpp"
#include "mail/smtp/failure.hpp"
#include "mail/smtp/transcript.hpp"

namespace gw::mail::smtp {
namespace {

namespace errors = gw::errors::msg;
using Clock = std::chrono::steady_clock;

/// A server must take so many bytes of a mail within each read time-out, as net::Stream wants it of its
/// answers.
constexpr long kPiece = 65'536;

/// Never undone: other modules of the process may use the library too.
std::once_flag library_is_ready;

/// `<a@b>` for the envelope.
std::string in_brackets(const std::string& address) {
  const bool ends_it = std::any_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>';
  });
  if (ends_it || !is_valid_utf8(address)) throw ApiError(errors::kBadAddress, {address});
  return "<" + address + ">";
}

/// One connection: options, callbacks, and what they found.
class Session {
 public:
  Session(const Server& server, const SmtpSettings& settings) : server_(server) {
    std::call_once(library_is_ready, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    easy_ = curl_easy_init();
    if (easy_ == nullptr) throw std::bad_alloc();
    set_server(settings);
    set_sign_in();
    set_callbacks();
  }
  ~Session() {
    curl_slist_free_all(recipients_);
    curl_easy_cleanup(easy_);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  SendOutcome send(const Envelope& envelope, const ByteSource& message, std::int64_t size) {
    envelope_ = &envelope;
    source_ = &message;
    size_ = size;
    // Without brackets curl would send no path at all for an empty sender.
    const std::string sender = in_brackets(envelope.sender);
    for (const std::string& address : envelope.recipients)
      recipients_ = curl_slist_append(recipients_, in_brackets(address).c_str());
    set(CURLOPT_MAIL_FROM, sender.c_str());
    set(CURLOPT_MAIL_RCPT, recipients_);
    set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &Session::read);
    set(CURLOPT_READDATA, this);
    if (size >= 0) set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size));
    perform();
    return {refused_recipients(transcript_, envelope)};
  }

  void ping() {
    const Envelope none;
    envelope_ = &none;
    set(CURLOPT_NOBODY, 1L);
    set(CURLOPT_CUSTOMREQUEST, "NOOP");
    perform();
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(easy_, option, value);
  }

  void set_server(const SmtpSettings& settings) {
    const bool is_literal = server_.host.find(':') != std::string::npos;
    const std::string host = is_literal ? "[" + server_.host + "]" : server_.host;
    const std::string url =
        fmt::format("{}://{}:{}/{}", server_.encryption == Encryption::Tls ? "smtps" : "smtp", host,
                    server_.port, percent_encode(settings.hello_name));
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");  // none from the environment
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_ERRORBUFFER, reason_.data());
    if (server_.encryption == Encryption::StartTls) set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    if (server_.encryption == Encryption::Prefer) set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_TRY));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, server_.verifies_certificate ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, server_.verifies_certificate ? 2L : 0L);
    if (!server_.ca_file.empty()) set(CURLOPT_CAINFO, server_.ca_file.c_str());
    // curl's connect time includes greeting and sign-in; check_progress bounds the connect proper.
    set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>((server_.connect_timeout + server_.read_timeout).count()));
    const long seconds = std::max(1L, static_cast<long>((server_.read_timeout.count() + 999) / 1'000));
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, seconds);
    // A server that takes the mail byte by byte is as good as one that takes none.
    set(CURLOPT_LOW_SPEED_LIMIT, std::max(1L, kPiece / seconds));
    set(CURLOPT_LOW_SPEED_TIME, seconds);
  }

  /// All answers together: one recipient after the other could be made to wait.
  void set_longest_time() {
    const auto recipients = static_cast<std::int64_t>(envelope_->recipients.size());
    const std::int64_t pieces =
        net::Stream::kLongestAnswer + recipients / 100 + std::max<std::int64_t>(0, size_) / kPiece;
    const auto most = server_.connect_timeout + pieces * server_.read_timeout;
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(most.count()));
  }

  void set_sign_in() {
    if (server_.mechanism == Mechanism::None) return;
    set(CURLOPT_USERNAME, server_.login.c_str());
    if (server_.mechanism == Mechanism::Password) {
      set(CURLOPT_PASSWORD, server_.secret.c_str());
      set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
      if (!server_.authorize_as.empty()) set(CURLOPT_SASL_AUTHZID, server_.authorize_as.c_str());
      return;
    }
    set(CURLOPT_XOAUTH2_BEARER, server_.secret.c_str());
    set(CURLOPT_LOGIN_OPTIONS, server_.mechanism == Mechanism::XOAuth2 ? "AUTH=XOAUTH2" : "AUTH=OAUTHBEARER");
  }

  void set_callbacks() {
    set(CURLOPT_VERBOSE, 1L);  // else there is no debug callback
    set(CURLOPT_DEBUGFUNCTION, &Session::debug);
    set(CURLOPT_DEBUGDATA, this);
    set(CURLOPT_PREREQFUNCTION, &Session::check);
    set(CURLOPT_PREREQDATA, this);
    if (server_.denied != nullptr) {
      set(CURLOPT_OPENSOCKETFUNCTION, &Session::open_socket);
      set(CURLOPT_OPENSOCKETDATA, this);
    }
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Session::check_progress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_WRITEFUNCTION, &Session::drop);
  }

  void perform() {
    set_longest_time();
    begin_ = Clock::now();
    failure_.curl_code = curl_easy_perform(easy_);
    if (exception_) std::rethrow_exception(exception_);
    if (is_host_denied_ && !is_connected())
      throw ApiError(gw::errors::acc::kHostDenied, {server_.host, std::to_string(server_.port)});
    if (failure_.curl_code == CURLE_OK) return;
    // The goodbye may fail when all is done already.
    if (transcript_.step() == Step::Content && transcript_.answer().code == 250) return;
    curl_easy_getinfo(easy_, CURLINFO_OS_ERRNO, &failure_.os_error);
    failure_.was_never_connected = !is_connected();
    failure_.reason = reason_[0] != '\0' ? std::string(reason_.data())
                                         : curl_easy_strerror(static_cast<CURLcode>(failure_.curl_code));
    throw_failure(failure_, transcript_, server_, *envelope_);
  }

  bool is_connected() const {
    curl_off_t time = 0;
    return curl_easy_getinfo(easy_, CURLINFO_CONNECT_TIME_T, &time) == CURLE_OK && time > 0;
  }

  // Border: libcurl calls these in C; none of them lets an exception out.

  static int debug(CURL*, curl_infotype type, char* data, std::size_t size, void* self) noexcept {
    auto& session = *static_cast<Session*>(self);
    try {
      if (type == CURLINFO_HEADER_OUT) session.transcript_.note_command({data, size});
      if (type == CURLINFO_HEADER_IN) session.transcript_.note_answer({data, size});
      if (type == CURLINFO_DATA_OUT) session.transcript_.note_content(size);
    } catch (const std::exception&) {
      session.keep_exception();
    }
    return 0;
  }

  /// After the sign-in, before the first command about the mail.
  static int check(void* self, char*, char*, int, int) noexcept {
    auto& session = *static_cast<Session*>(self);
    using Check = Failure::Check;
    const Transcript& said = session.transcript_;
    Check& found = session.failure_.check;
    if (session.server_.mechanism != Mechanism::None && !said.has_signed_in())
      found = Check::SignIn;
    else if (session.envelope_->needs_smtputf8 && !said.offers("smtputf8"))
      found = Check::SmtpUtf8;
    else if (said.size_limit() > 0 && session.size_ > said.size_limit())
      found = Check::TooLarge;
    return found == Check::None ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
  }

  /// The address that curl has resolved, before it connects.
  static curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
    auto& session = *static_cast<Session*>(self);
    try {
      session.is_host_denied_ =
          net::is_denied(session.server_.denied.get(), &address->addr, address->addrlen);
    } catch (const std::exception&) {
      session.keep_exception();
      return CURL_SOCKET_BAD;
    }
    if (session.is_host_denied_) return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  static int check_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
    const auto& session = *static_cast<Session*>(self);
    const bool is_late = Clock::now() - session.begin_ > session.server_.connect_timeout;
    return (is_late && !session.is_connected()) || session.exception_ ? 1 : 0;
  }

  static std::size_t read(char* to, std::size_t size, std::size_t count, void* self) noexcept {
    auto& session = *static_cast<Session*>(self);
    try {
      return session.give(to, size * count);
    } catch (const std::exception&) {
      session.keep_exception();
      return CURL_READFUNC_ABORT;
    }
  }

  static std::size_t drop(char*, std::size_t size, std::size_t count, void*) noexcept { return size * count; }

  void keep_exception() noexcept {
    if (!exception_) exception_ = std::current_exception();
  }

  std::size_t give(char* to, std::size_t most) {
    if (given_ == pending_.size()) {
      pending_ = (*source_)(most);
      given_ = 0;
    }
    const std::size_t count = std::min(most, pending_.size() - given_);
    total_ += static_cast<std::int64_t>(count);
    // A mail that is longer or shorter than was said is not the mail that was meant.
    if (size_ >= 0 && (total_ > size_ || (count == 0 && total_ < size_)))
      throw std::runtime_error("the message has another length than was said");
    // curl asks no more when it has as many bytes as were said.
    if (count == 0 || total_ == size_) transcript_.note_end_of_content(static_cast<std::uint64_t>(total_));
    std::copy_n(pending_.data() + given_, count, to);
    given_ += count;
    return count;
  }

  const Server& server_;
  CURL* easy_ = nullptr;
  curl_slist* recipients_ = nullptr;
  const Envelope* envelope_ = nullptr;
  const ByteSource* source_ = nullptr;
  std::int64_t size_ = -1, total_ = 0;
  std::string pending_;
  std::size_t given_ = 0;
  Transcript transcript_;
  Failure failure_;
  std::exception_ptr exception_;
  bool is_host_denied_ = false;
  Clock::time_point begin_;
  std::array<char, CURL_ERROR_SIZE> reason_{};
};

}  // namespace

SmtpTransport::SmtpTransport(const Server& server, SmtpSettings settings)
    : server_(server), settings_(std::move(settings)) {}

SmtpTransport::~SmtpTransport() { net::wipe(server_.secret); }

SendOutcome SmtpTransport::send(const Envelope& envelope, const ByteSource& message, std::int64_t size) {
  if (envelope.recipients.empty()) throw ApiError(errors::kMissingField, {"To"});
  return Session(server_, settings_).send(envelope, message, size);
}

void SmtpTransport::ping() { Session(server_, settings_).ping(); }

std::unique_ptr<Transport> SmtpProvider::open(const Account& account) {
  return std::make_unique<SmtpTransport>(account.transport, settings_);
}

}  // namespace gw::mail::smtp
