// Client of POP3. Source: RFC 1939, 2449 (CAPA), 2595 (STLS), 5034 (SASL).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mail/account.hpp"
#include "mail/net/stream.hpp"

namespace gw::mail::pop3 {

struct Entry {
  int number = 0;          ///< valid in this session only
  std::string unique_id;   ///< valid for ever (UIDL)
  std::int64_t size = -1;  ///< bytes
};

/// One signed-in session, which locks the maildrop at many servers: keep it short.
/// Errors of every member: MSG-1014, -1017 connection, -1027 protocol, -1025 the server says no. After an
/// error of the connection only the destructor may be called. Threads: one at a time.
class Client {
 public:
  /// `is_primary` decides between MSG-1000 and -1001.
  /// Errors: MSG-1016, -1018, -1022 network, -0092, -0111 encryption, -1000, -1001 credentials, -1031 the
  /// maildrop is in use, -0108 no common way to sign in.
  Client(const Server& server, bool is_primary);

  /// Errors: MSG-0087 when the server has no UIDL. Limit: 1,000,000 messages.
  std::vector<Entry> list();
  /// The header section with its line ends, at most 1 MiB of it. Errors: empty when the message is gone or
  /// TOP is not known.
  std::optional<std::string> headers(int number);
  /// The message, streamed. False: it is gone. After the sink's false nothing more is handed over; the rest
  /// is read.
  bool retrieve(int number, const std::function<bool(std::string_view)>& sink);
  /// Marks it; the server deletes at quit.
  void remove(int number);
  /// Ends the session; what was marked is deleted then.
  void quit();

 private:
  struct Answer {
    bool is_ok = false;
    std::string code;  ///< of the brackets, upper case (RFC 2449 section 8)
    std::string text;
  };
  Answer command(std::string_view line);
  Answer read_answer();
  /// Lines up to the dot, without the stuffing.
  void read_lines(const std::function<void(std::string_view line)>& take);
  void require_ok(const Answer& answer) const;
  void read_capabilities();
  void encrypt(const Server& server);
  void sign_in(const Server& server, bool is_primary);
  Answer sign_in_by_sasl(const Server& server);
  Answer sign_in_by_password(const Server& server);

  net::Stream stream_;
  std::set<std::string, std::less<>> capabilities_;  ///< upper case; "SASL PLAIN" for each mechanism
};

}  // namespace gw::mail::pop3
