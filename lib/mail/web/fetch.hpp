// Gets documents over HTTP whose addresses strangers chose: the only way in which this server asks the web
// for users. What is in the documents is others' business. Names are judged by the address that is connected
// to (net/network_list.hpp), at each redirect anew.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/net/network_list.hpp"
#include "mail/net/socket.hpp"

namespace gw::mail::web {

struct FetchRules {
  std::shared_ptr<const net::NetworkList> denied;  ///< null: every address may be reached
  std::vector<int> ports;                          ///< empty: every port
  /// Lower case; a host, or a domain with all below it (`.example.org`). Empty: every host.
  std::vector<std::string> hosts;
  net::Timeout connect_timeout{5'000};
  net::Timeout timeout{10'000};         ///< for all of one document, redirects included
  std::size_t max_bytes = 256 * 1'024;  ///< after decompression
  int max_redirects = 0;
  /// Ends early when it becomes true, as if nobody had answered. May be null; must outlive the call.
  const std::atomic<bool>* is_cancelled = nullptr;
};

/// One document and what is known of it.
struct FetchRequest {
  std::string url;
  /// Basic authentication, at the host, port and scheme of `url` only: a redirect elsewhere takes no password
  /// along. Empty: nobody signs in.
  std::string login, password;
  /// As a former answer had them: what has not changed since comes as status 304, without bytes.
  std::string etag, modified;
};

enum class FetchFailure {
  None,
  BadAddress,   ///< no http or https URL, or one with a password in it
  Denied,       ///< the rules forbid host, port or network
  Unreachable,  ///< no such host, no connection, a bad certificate, too slow, cut off
  Status,       ///< an answer other than 200, or one redirect too many
  TooLarge,
};

struct Fetched {
  FetchFailure failure = FetchFailure::None;
  long status = 0;           ///< of HTTP; 0: no answer
  std::string url;           ///< where the document lies, after redirects
  std::string content_type;  ///< as sent
  std::string bytes;
  std::string etag, modified;  ///< as sent; empty: not told
};

/// All at the same time; the answers stand in the order of the URLs. Proxies of the environment are not used,
/// no cookies are kept. Errors: none; each document tells its own failure. Threads: any.
/// Cost: at most `timeout`, but for the system's resolver.
std::vector<Fetched> fetch_all(std::span<const std::string> urls, const FetchRules& rules);

/// One, with what was known of it. Errors and cost: as fetch_all; a document that has not changed is
/// FetchFailure::Status with status 304, one that wants another password the same with 401.
Fetched fetch_one(const FetchRequest& request, const FetchRules& rules);

/// One document. Errors: empty for every failure.
std::optional<std::string> fetch_document(const std::string& url, const FetchRules& rules);

/// `reference` as seen from `base`; what is absolute stays. Errors: empty when the outcome is no http or
/// https URL.
std::optional<std::string> resolve_reference(const std::string& base, const std::string& reference);

}  // namespace gw::mail::web
