#include "apache/request_adapter.hpp"

#include <ap_expr.h>
#include <apr_strings.h>
#include <http_core.h>
#include <http_protocol.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "apache/api_path.hpp"
#include "apache/module_config.hpp"
#include "boundary/request_header.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

constexpr std::size_t kMaxCookies = 1'000;

struct MethodRow {
  int number;
  ajax::Method method;
};

constexpr MethodRow kMethods[] = {{M_GET, ajax::Method::Get},
                                  {M_PUT, ajax::Method::Put},
                                  {M_POST, ajax::Method::Post},
                                  {M_DELETE, ajax::Method::Delete},
                                  {M_PATCH, ajax::Method::Patch}};

const char* copy(request_rec* request, std::string_view text) {
  return apr_pstrmemdup(request->pool, text.data(), text.size());
}

const char* find_below_defaults(request_rec* request) {
  for (const std::string_view root : kDefaultRoots)
    if (const auto path = find_below(request->uri, root)) return copy(request, *path);
  return nullptr;
}

const char* find_below_roots(request_rec* request, const ServerConfig& config) {
  if (config.api_roots == nullptr) return find_below_defaults(request);
  for (int index = 0; index < config.api_roots->nelts; ++index)
    if (const auto path = find_below(request->uri, APR_ARRAY_IDX(config.api_roots, index, const char*)))
      return copy(request, *path);
  return nullptr;
}

}  // namespace

bool has_section_handler(request_rec* request, const char* name) {
  const auto* core = static_cast<const core_dir_config*>(ap_get_core_module_config(request->per_dir_config));
  if (core->expr_handler == nullptr) return core->handler != nullptr && std::strcmp(core->handler, name) == 0;
  const char* problem = nullptr;
  const char* handler = ap_expr_str_exec(request, core->expr_handler, &problem);
  return problem == nullptr && handler != nullptr && std::strcmp(handler, name) == 0;
}

namespace {

ajax::Parameters parse_cookies(std::string_view header) {
  ajax::Parameters cookies;
  while (!header.empty() && cookies.pairs().size() < kMaxCookies) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view value = trim(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    cookies.add(std::string(trim(pair.substr(0, equals))), std::string(value));
  }
  return cookies;
}

/// TLS here, or a proxy in front that was told to say so (SetEnvIf X-Forwarded-Proto https HTTPS=on).
bool is_secure(request_rec* request) {
  if (std::strcmp(ap_http_scheme(request), "https") == 0) return true;
  const char* marked = apr_table_get(request->subprocess_env, "HTTPS");
  return marked != nullptr && equal_ignoring_ascii_case(marked, "on");
}

}  // namespace

const char* find_api_path(request_rec* request) {
  const DirectoryConfig& directory = directory_config(request);
  const ServerConfig& server = server_config(request->server);
  if (directory.api == Switch::Off || request->proxyreq != PROXYREQ_NONE) return nullptr;
  if (directory.api == Switch::On) {
    if (const char* path = find_below_roots(request, server)) return path;
    if (directory.location == nullptr) return nullptr;
    const auto path = find_below(request->uri, directory.location);
    return path ? copy(request, *path) : nullptr;
  }
  const char* path = server.api_roots == nullptr ? nullptr : find_below_roots(request, server);
  return path == nullptr && has_section_handler(request, kHandlerName) ? find_below_defaults(request) : path;
}

std::optional<ajax::Method> to_method(const request_rec* request) {
  // Where something on the way lets no PATCH or DELETE through. Source: spec mail-compose section 2.
  const std::string_view wish = request->method_number == M_POST
                                    ? boundary::request_header(request, "X-HTTP-Method-Override")
                                    : std::string_view();
  for (const MethodRow& row : kMethods)
    if (wish.empty() ? row.number == request->method_number : ajax::method_name(row.method) == wish)
      return row.method;
  return std::nullopt;
}

/// What stands before the path below the root.
std::string root_of(std::string_view uri, std::string_view path) {
  if (!uri.ends_with(path)) return {};
  uri.remove_suffix(path.size());
  while (uri.ends_with('/')) uri.remove_suffix(1);
  return std::string(uri);
}

ajax::Request make_request(request_rec* request, const char* path, ajax::Method method) {
  const auto header = [request](const char* name) {
    return std::string(boundary::request_header(request, name));
  };
  ajax::Request made;
  made.method = method;
  made.is_head = request->header_only != 0;
  made.path = strip_session_suffix(path);
  made.root = root_of(request->uri, path);
  if (request->args != nullptr) made.query = ajax::Parameters::parse(request->args);
  made.remote_address = request->useragent_ip;
  made.is_secure = is_secure(request);
  made.host = header("Host");
  made.user_agent = header("User-Agent");
  made.accept_language = header("Accept-Language");
  made.if_none_match = header("If-None-Match");
  made.if_modified_since = header("If-Modified-Since");
  made.if_range = header("If-Range");
  made.range = header("Range");
  made.referer = header("Referer");
  made.authorization = header("Authorization");
  made.echo = header("X-Echo-Header");
  made.last_event_id = header("Last-Event-ID");
  if (const char* cookies = apr_table_get(request->headers_in, "Cookie"))
    made.cookies = parse_cookies(cookies);
  return made;
}

std::string read_mail_token(request_rec* request, const MailSettings& mail) {
  constexpr std::size_t kMaxToken = 16'384;
  if (!mail.takes_tokens()) return {};
  const char* value = apr_table_get(request->subprocess_env, mail.token_variable.c_str());
  const std::string_view token = value == nullptr ? std::string_view() : trim(value);
  // Its end is marked by controls on the way to the server.
  const bool is_token = token.size() <= kMaxToken &&
                        std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7F; });
  return is_token ? std::string(token) : std::string();
}

}  // namespace gw::apache
