// Sending: hands a finished message to a server. Building messages is in mime/.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mail {

/// Gives the next bytes of a message; empty at the end. Called on the sender's thread.
using ByteSource = std::function<std::string(std::size_t at_most)>;

struct Envelope {
  std::string sender;  ///< empty: null reverse path, for reports
  std::vector<std::string> recipients;
  bool needs_smtputf8 = false;
};

struct SendOutcome {
  /// Recipients that the server refused while it took others (MSG-1013 is the caller's to report).
  std::vector<std::pair<std::string, std::string>> refused;
};

/// Threads: one at a time.
class Transport {
 public:
  virtual ~Transport() = default;
  /// Sends once; never repeats after DATA was begun. `size` in bytes, -1 when not known.
  /// Errors: ApiError MSG-1012 too large, MSG-1013 every recipient refused, MSG-1028 other refusal with the
  /// server's text, MSG-1030 credentials, MSG-1016, -1018, -1020, -1022 network, MSG-0092, -0111 encryption.
  virtual SendOutcome send(const Envelope& envelope, const ByteSource& message, std::int64_t size) = 0;
  /// Connects and signs in. Errors: as send.
  virtual void ping() = 0;
};

}  // namespace gw::mail
