#include "diagnosis/http_probe.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <string_view>

#include "core/text.hpp"

namespace gw::diagnosis {
namespace {

constexpr std::size_t kMostBody = 65'536;
constexpr std::string_view kExpires = "Expire date:";

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Address = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

Address parse_url(const std::string& url) {
  Address address(curl_url(), &curl_url_cleanup);
  if (!address) throw std::bad_alloc();
  if (curl_url_set(address.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) address.reset();
  return address;
}

std::string part_of(const Address& address, CURLUPart part) {
  char* text = nullptr;
  if (!address || curl_url_get(address.get(), part, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

extern "C" std::size_t take_probe_body(const char* bytes, std::size_t size, std::size_t count,
                                       void* target) noexcept {
  auto& body = *static_cast<std::string*>(target);
  const std::size_t wanted = std::min(size * count, kMostBody - std::min(body.size(), kMostBody));
  // Reserved before, so that nothing throws here.
  body.append(bytes, wanted);
  return size * count;
}

extern "C" std::size_t take_probe_header(const char* bytes, std::size_t size, std::size_t count,
                                         void* target) noexcept {
  constexpr std::string_view kLocation = "location:";
  constexpr std::size_t kLongest = 2'000;
  const std::string_view line(bytes, size * count);
  auto& location = *static_cast<std::string*>(target);
  if (line.size() < kLongest && equal_ignoring_ascii_case(line.substr(0, kLocation.size()), kLocation))
    location.assign(trim(line.substr(kLocation.size())));
  return size * count;
}

/// Of the server's own certificate, the first of the chain.
std::optional<Millis> certificate_end(CURL* easy) {
  curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr ||
      chain->num_of_certs < 1)
    return std::nullopt;
  for (const curl_slist* line = chain->certinfo[0]; line != nullptr; line = line->next)
    if (std::string_view(line->data).starts_with(kExpires))
      return parse_certificate_date(line->data + kExpires.size());
  return std::nullopt;
}

void set_options(CURL* easy, const ProbeRequest& request, ProbeAnswer& answer) {
  const auto set = [easy](CURLoption option, auto value) { curl_easy_setopt(easy, option, value); };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_USERAGENT, "groupwarectl");
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(CURLOPT_SSL_VERIFYPEER, request.verifies_certificate ? 1L : 0L);
  set(CURLOPT_SSL_VERIFYHOST, request.verifies_certificate ? 2L : 0L);
  if (!request.ca_file.empty()) set(CURLOPT_CAINFO, request.ca_file.c_str());
  set(CURLOPT_CERTINFO, 1L);
  set(CURLOPT_WRITEFUNCTION, &take_probe_body);
  set(CURLOPT_WRITEDATA, &answer.body);
  set(CURLOPT_HEADERFUNCTION, &take_probe_header);
  set(CURLOPT_HEADERDATA, &answer.location);
}

}  // namespace

ProbeAnswer probe(const ProbeRequest& request) {
  ProbeAnswer answer;
  answer.body.reserve(kMostBody);
  answer.location.reserve(2'000);
  const Easy easy(curl_easy_init(), &curl_easy_cleanup);
  if (!easy) throw std::bad_alloc();
  char problem[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, problem);
  set_options(easy.get(), request, answer);
  const CURLcode outcome = curl_easy_perform(easy.get());
  curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, nullptr);
  if (outcome != CURLE_OK) {
    answer.problem = problem[0] != '\0' ? problem : curl_easy_strerror(outcome);
    answer.is_certificate_refused = outcome == CURLE_PEER_FAILED_VERIFICATION;
    return answer;
  }
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  const char* type = nullptr;
  curl_easy_getinfo(easy.get(), CURLINFO_CONTENT_TYPE, &type);
  if (type != nullptr) answer.content_type = type;
  answer.certificate_end = certificate_end(easy.get());
  return answer;
}

std::string resolve_url(const std::string& base, const std::string& reference) {
  const Address address = parse_url(base);
  if (!address || curl_url_set(address.get(), CURLUPART_URL, reference.c_str(), 0) != CURLUE_OK) return {};
  const std::string url = part_of(address, CURLUPART_URL);
  return scheme_of(url).empty() ? std::string() : url;
}

std::string scheme_of(const std::string& url) {
  const std::string scheme = part_of(parse_url(url), CURLUPART_SCHEME);
  return scheme == "http" || scheme == "https" ? scheme : std::string();
}

std::optional<Millis> parse_certificate_date(const std::string& text) {
  const time_t seconds = curl_getdate(text.c_str(), nullptr);
  if (seconds <= 0) return std::nullopt;
  return Millis{static_cast<std::int64_t>(seconds) * 1'000};
}

}  // namespace gw::diagnosis
