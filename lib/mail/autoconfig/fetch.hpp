// Gets a provider's configuration document over HTTP. What is in it is document.cpp's.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "mail/net/network_list.hpp"
#include "mail/net/socket.hpp"

namespace gw::mail::autoconfig {

struct FetchRules {
  std::shared_ptr<const net::NetworkList> denied;  ///< null: every address may be reached
  net::Timeout connect_timeout{5'000};
  net::Timeout timeout{10'000};  ///< for all of one document
};

/// Redirects are not followed; proxies of the environment are not used. Limits: 256 KiB. Errors: empty for
/// whatever is no answer with status 200: no host, a denied address, a bad certificate, a slow server.
std::optional<std::string> fetch_document(const std::string& url, const FetchRules& rules);

}  // namespace gw::mail::autoconfig
