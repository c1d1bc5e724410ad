#include "mail/web/fetch.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "core/metric.hpp"
#include "core/text.hpp"

namespace gw::mail::web {
namespace {

constexpr long kStatusOk = 200;
/// Sockets are asked at least so often, so that the end of the time is noticed.
constexpr int kPollMillis = 500;

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Multi = std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>;
using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

Url make_url() {
  Url url(curl_url(), &curl_url_cleanup);
  if (!url) throw std::bad_alloc();
  return url;
}

/// Empty when the URL has no such part.
std::string url_part(const Url& url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, flags) != CURLUE_OK || text == nullptr) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, &curl_free);
  return text;
}

bool is_web_scheme(const std::string& scheme) { return scheme == "http" || scheme == "https"; }

bool fits_host(std::string_view host, std::string_view rule) {
  return rule.starts_with('.') ? host == rule.substr(1) || host.ends_with(rule) : host == rule;
}

/// What can be judged before the name is resolved.
FetchFailure judge(const std::string& text, const FetchRules& rules) {
  const Url url = make_url();
  if (has_control_characters(text) || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
    return FetchFailure::BadAddress;
  const bool has_login = !url_part(url, CURLUPART_USER).empty() || !url_part(url, CURLUPART_PASSWORD).empty();
  if (!is_web_scheme(url_part(url, CURLUPART_SCHEME)) || has_login) return FetchFailure::BadAddress;
  const std::string host = to_lower_ascii(url_part(url, CURLUPART_HOST));
  const auto port = parse_integer(url_part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT)).value_or(0);
  const bool port_fits =
      rules.ports.empty() || std::find(rules.ports.begin(), rules.ports.end(), port) != rules.ports.end();
  const bool host_fits =
      rules.hosts.empty() || std::any_of(rules.hosts.begin(), rules.hosts.end(),
                                         [&](const std::string& rule) { return fits_host(host, rule); });
  return port_fits && host_fits ? FetchFailure::None : FetchFailure::Denied;
}

/// Scheme, host and port: who is told a password.
std::string origin_of(const std::string& text) {
  const Url url = make_url();
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return {};
  return url_part(url, CURLUPART_SCHEME) + "://" + to_lower_ascii(url_part(url, CURLUPART_HOST)) + ":" +
         url_part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// The list with one line more. A value that would begin a line of its own is left out.
Headers with_line(Headers headers, std::string_view name, const std::string& value) {
  if (value.empty() || value.find_first_of("\r\n") != std::string::npos) return headers;
  const std::string line = std::string(name) + ": " + value;
  curl_slist* const longer = curl_slist_append(headers.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(headers.release());
  return Headers(longer, &curl_slist_free_all);
}

/// One document on its way.
struct Transfer {
  Transfer(const FetchRules& all_rules, FetchRequest what) : rules(all_rules), request(std::move(what)) {}
  const FetchRules& rules;
  const FetchRequest request;
  Headers headers{nullptr, &curl_slist_free_all};
  Easy easy{curl_easy_init(), &curl_easy_cleanup};
  Fetched result;
  int redirects = 0;
  bool was_denied = false, was_too_large = false;
};

// Border: libcurl calls these in C; none of them lets an exception out.

curl_socket_t open_checked(void* data, curlsocktype, curl_sockaddr* address) noexcept {
  auto& transfer = *static_cast<Transfer*>(data);
  try {
    if (net::is_denied(transfer.rules.denied.get(), &address->addr, address->addrlen)) {
      transfer.was_denied = true;
      return CURL_SOCKET_BAD;
    }
  } catch (const std::exception&) {
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_piece(char* bytes, std::size_t size, std::size_t count, void* data) noexcept {
  auto& transfer = *static_cast<Transfer*>(data);
  const std::size_t length = size * count;
  if (transfer.result.bytes.size() + length > transfer.rules.max_bytes) {
    transfer.was_too_large = true;
    return 0;
  }
  try {
    transfer.result.bytes.append(bytes, length);
  } catch (const std::exception&) {
    return 0;
  }
  return length;
}

/// All transfers of one call.
class Fetching {
 public:
  explicit Fetching(const FetchRules& rules)
      : rules_(rules), deadline_(rules.timeout), multi_(curl_multi_init(), &curl_multi_cleanup) {
    if (!multi_) throw std::bad_alloc();
  }
  ~Fetching() {
    for (const auto& transfer : transfers_)
      if (transfer->easy) curl_multi_remove_handle(multi_.get(), transfer->easy.get());
  }
  Fetching(const Fetching&) = delete;
  Fetching& operator=(const Fetching&) = delete;

  std::vector<Fetched> run(std::vector<FetchRequest> requests) {
    for (FetchRequest& request : requests) {
      transfers_.push_back(std::make_unique<Transfer>(rules_, std::move(request)));
      begin(*transfers_.back(), transfers_.back()->request.url);
    }
    int running = 0;
    do {
      if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) break;
      // A redirect that is followed runs again.
      if (take_finished()) running = 1;
      if (rules_.is_cancelled != nullptr && rules_.is_cancelled->load()) break;
      if (running > 0) curl_multi_poll(multi_.get(), nullptr, 0, kPollMillis, nullptr);
    } while (running > 0);
    std::vector<Fetched> results;
    for (const auto& transfer : transfers_) results.push_back(std::move(transfer->result));
    return results;
  }

 private:
  void begin(Transfer& transfer, const std::string& url) {
    transfer.result.url = url;
    transfer.result.failure = judge(url, rules_);
    if (transfer.result.failure != FetchFailure::None) return;
    // Until it has ended well; 0 would mean no limit.
    transfer.result.failure = FetchFailure::Unreachable;
    const auto left = static_cast<long>(deadline_.left().count());
    if (left == 0) return;
    if (!transfer.easy) throw std::bad_alloc();
    const auto set = [&](CURLoption option, auto value) {
      curl_easy_setopt(transfer.easy.get(), option, value);
    };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(rules_.connect_timeout.count()));
    set(CURLOPT_TIMEOUT_MS, left);
    set(CURLOPT_OPENSOCKETFUNCTION, &open_checked);
    set(CURLOPT_OPENSOCKETDATA, &transfer);
    set(CURLOPT_WRITEFUNCTION, &take_piece);
    set(CURLOPT_WRITEDATA, &transfer);
    set(CURLOPT_PRIVATE, &transfer);
    sign_in(transfer, url);
    transfer.headers =
        with_line(with_line(Headers(nullptr, &curl_slist_free_all), "If-None-Match", transfer.request.etag),
                  "If-Modified-Since", transfer.request.modified);
    set(CURLOPT_HTTPHEADER, transfer.headers.get());
    if (curl_multi_add_handle(multi_.get(), transfer.easy.get()) != CURLM_OK) throw std::bad_alloc();
  }

  static void sign_in(Transfer& transfer, const std::string& url) {
    const FetchRequest& request = transfer.request;
    const bool is_known_here = !request.login.empty() && origin_of(url) == origin_of(request.url);
    CURL* easy = transfer.easy.get();
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(easy, CURLOPT_USERNAME, is_known_here ? request.login.c_str() : nullptr);
    curl_easy_setopt(easy, CURLOPT_PASSWORD, is_known_here ? request.password.c_str() : nullptr);
  }

  /// Empty when the last answer has none.
  static std::string header_of(CURL* easy, const char* name) {
    curl_header* header = nullptr;
    const bool has = curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK;
    return has ? header->value : "";
  }

  /// True when one goes on elsewhere.
  bool take_finished() {
    bool goes_on = false;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode outcome = message->data.result;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      curl_multi_remove_handle(multi_.get(), transfer->easy.get());
      goes_on = finish(*transfer, outcome) || goes_on;
    }
    return goes_on;
  }

  bool finish(Transfer& transfer, CURLcode outcome) {
    CURL* easy = transfer.easy.get();
    Fetched& result = transfer.result;
    const char* text = nullptr;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &result.status);
    if (outcome != CURLE_OK) {
      result.failure = transfer.was_too_large ? FetchFailure::TooLarge
                       : transfer.was_denied  ? FetchFailure::Denied
                                              : FetchFailure::Unreachable;
      return false;
    }
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &text);
    if (text != nullptr && transfer.redirects < rules_.max_redirects) {
      ++transfer.redirects;
      result.bytes.clear();
      transfer.was_denied = false;
      begin(transfer, std::string(text));
      return result.failure == FetchFailure::Unreachable;
    }
    if (result.status != kStatusOk) {
      result.failure = FetchFailure::Status;
      return false;
    }
    text = nullptr;
    curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &text);
    if (text != nullptr) result.content_type = text;
    result.etag = header_of(easy, "ETag");
    result.modified = header_of(easy, "Last-Modified");
    result.failure = FetchFailure::None;
    return false;
  }

  const FetchRules& rules_;
  net::Deadline deadline_;
  const Multi multi_;
  /// Their addresses are libcurl's.
  std::vector<std::unique_ptr<Transfer>> transfers_;
};

}  // namespace

namespace {

std::string_view failure_word(FetchFailure failure) {
  constexpr std::string_view kWords[] = {"ok", "bad_address", "denied", "unreachable", "status", "too_large"};
  return kWords[static_cast<std::size_t>(failure)];
}

}  // namespace

std::vector<Fetched> fetch_all(std::span<const std::string> urls, const FetchRules& rules) {
  const Stopwatch watch;
  std::vector<FetchRequest> requests;
  for (const std::string& url : urls)
    requests.push_back({.url = url, .login = {}, .password = {}, .etag = {}, .modified = {}});
  std::vector<Fetched> results = Fetching(rules).run(std::move(requests));
  for (Fetched& each : results) {
    watch.tell(Metric::WebFetches, {failure_word(each.failure)});
    if (each.failure != FetchFailure::None) each.bytes.clear();
  }
  return results;
}

Fetched fetch_one(const FetchRequest& request, const FetchRules& rules) {
  const Stopwatch watch;
  Fetched fetched = std::move(Fetching(rules).run({request}).front());
  watch.tell(Metric::WebFetches, {fetched.status == 304 ? "unchanged" : failure_word(fetched.failure)});
  if (fetched.failure != FetchFailure::None) fetched.bytes.clear();
  return fetched;
}

std::optional<std::string> fetch_document(const std::string& url, const FetchRules& rules) {
  Fetched fetched = std::move(fetch_all({&url, 1}, rules).front());
  if (fetched.failure != FetchFailure::None) return std::nullopt;
  return std::move(fetched.bytes);
}

std::optional<std::string> resolve_reference(const std::string& base, const std::string& reference) {
  const Url url = make_url();
  if (curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK ||
      curl_url_set(url.get(), CURLUPART_URL, reference.c_str(), CURLU_URLENCODE) != CURLUE_OK ||
      !is_web_scheme(url_part(url, CURLUPART_SCHEME)))
    return std::nullopt;
  return url_part(url, CURLUPART_URL);
}

}  // namespace gw::mail::web
