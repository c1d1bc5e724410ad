// Asks the DNS for records that clients of a groupware look for. Not for connecting: that is the system's
// getaddrinfo.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gw::diagnosis {

enum class RecordKind { Address4, Address6, Mx, Srv, Txt };

struct Record {
  RecordKind kind{};
  std::string value;  ///< literal address, host, or text
  int priority = 0, weight = 0, port = 0;
};

struct DnsAnswer {
  enum class Outcome {
    Found,
    None,    ///< the name exists without such a record, or does not exist
    Failed,  ///< nobody answered, or with an error
  };
  Outcome outcome = Outcome::Failed;
  std::vector<Record> records;
};

/// The records of `kind` in a DNS message. Empty optional: it cannot be read. Limits: 100 records; texts of 4
/// KiB. Source: RFC 1035 4.1, RFC 2782.
std::optional<std::vector<Record>> parse_dns_answer(std::span<const unsigned char> message, RecordKind kind);

class Resolver {
 public:
  struct Options {
    /// `address` or `address:port` (IPv4) of the server to ask; empty: the system's.
    std::string server;
    std::chrono::seconds timeout{3};
  };
  /// Errors: std::invalid_argument when the server is no address.
  explicit Resolver(Options options);

  /// Errors: none. Cost: two tries of the time-out each at most.
  [[nodiscard]] DnsAnswer ask(const std::string& name, RecordKind kind) const;
  /// Whether the name has an address.
  [[nodiscard]] DnsAnswer::Outcome find_address(const std::string& name) const;

 private:
  Options options_;
};

}  // namespace gw::diagnosis
