// What a face over HTTP is given and gives, without a web server.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::provisioning {

/// Bytes of the largest body that a face reads. Source: spec provisioning section 10.
inline constexpr std::size_t kMaxBody = 2 * 1'024 * 1'024;

struct HttpRequest {
  std::string method;
  std::string path;     ///< below the face's own root, without slash at the front; decoded
  std::string query;    ///< as it came
  std::string own_url;  ///< scheme, host and path as the client wrote them, without query
  std::string body;
  std::string authorization;
  std::string idempotency_key;
  std::string if_match, if_none_match;
  std::string address, user_agent;
};

struct HttpAnswer {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

}  // namespace gw::provisioning
