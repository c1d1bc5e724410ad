// One HTTP request as a client makes it, and what its TLS was like. Follows nothing: who asks wants to see
// each step. For documents that users want see mail/web/fetch.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/time.hpp"

namespace gw::diagnosis {

struct ProbeRequest {
  std::string url;
  std::string method = "GET";
  std::string ca_file;  ///< PEM; empty: the system's
  bool verifies_certificate = true;
  std::chrono::milliseconds timeout{10'000};
};

struct ProbeAnswer {
  long status = 0;      ///< 0: no answer
  std::string problem;  ///< why there is none, one line
  bool is_certificate_refused = false;
  std::string location, content_type;  ///< as sent; empty: not told
  std::string body;                    ///< the first 64 KiB
  std::optional<Millis> certificate_end;
};

/// Errors: none. Cost: at most the time-out, but for the system's resolver.
ProbeAnswer probe(const ProbeRequest& request);

/// `reference` as seen from `base`; empty when that is no address of http or https.
std::string resolve_url(const std::string& base, const std::string& reference);
/// `http` or `https`; empty for anything else, and for what is no URL.
std::string scheme_of(const std::string& url);
/// Source: Expire date of a certificate as OpenSSL prints it, `Nov 30 21:00:00 2026 GMT`.
std::optional<Millis> parse_certificate_date(const std::string& text);

}  // namespace gw::diagnosis
