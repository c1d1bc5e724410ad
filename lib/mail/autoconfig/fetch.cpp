#include "mail/autoconfig/fetch.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <new>

namespace gw::mail::autoconfig {
namespace {

constexpr std::size_t kMaxFetched = 256 * 1'024;
constexpr long kStatusOk = 200;

/// One transfer.
struct Fetch {
  const FetchRules& rules;
  std::string text;
};

// Border: libcurl calls these in C; none of them lets an exception out.

curl_socket_t open_checked(void* data, curlsocktype, curl_sockaddr* address) noexcept {
  const auto& fetch = *static_cast<const Fetch*>(data);
  try {
    if (net::is_denied(fetch.rules.denied.get(), &address->addr, address->addrlen)) return CURL_SOCKET_BAD;
  } catch (const std::exception&) {
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_piece(char* bytes, std::size_t size, std::size_t count, void* data) noexcept {
  auto& fetch = *static_cast<Fetch*>(data);
  const std::size_t length = size * count;
  if (fetch.text.size() + length > kMaxFetched) return 0;
  try {
    fetch.text.append(bytes, length);
  } catch (const std::exception&) {
    return 0;
  }
  return length;
}

}  // namespace

std::optional<std::string> fetch_document(const std::string& url, const FetchRules& rules) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), &curl_easy_cleanup);
  if (!easy) throw std::bad_alloc();
  Fetch fetch{rules, {}};
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(easy.get(), option, value); };
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(rules.connect_timeout.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(rules.timeout.count()));
  set(CURLOPT_OPENSOCKETFUNCTION, &open_checked);
  set(CURLOPT_OPENSOCKETDATA, &fetch);
  set(CURLOPT_WRITEFUNCTION, &take_piece);
  set(CURLOPT_WRITEDATA, &fetch);
  if (curl_easy_perform(easy.get()) != CURLE_OK) return std::nullopt;
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  return status == kStatusOk ? std::optional(std::move(fetch.text)) : std::nullopt;
}

}  // namespace gw::mail::autoconfig
