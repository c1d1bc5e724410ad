#include "filestore/s3/http_transfer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "core/text.hpp"

namespace gw::filestore {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// Above it the sender is asked to wait; curl hands over 16 KiB at a time.
constexpr std::size_t kReceiveBuffer = 262'144;
/// What must move within the stall time.
constexpr std::size_t kLeastProgress = 1'024;
constexpr int kPollMilliseconds = 500;

}  // namespace

HttpTransfer::HttpTransfer(CurlPool::Lease lease, const S3Settings& settings, HttpRequest request)
    : lease_(std::move(lease)),
      request_(std::move(request)),
      begin_(SteadyClock::now()),
      last_progress_(begin_) {
  curl_easy_reset(lease_.easy());
  prepare_connection(settings);
  prepare_request(settings);
  prepare_body();
  if (curl_multi_add_handle(lease_.multi(), lease_.easy()) != CURLM_OK)
    throw TransferFailure("the request could not be prepared");
}

HttpTransfer::~HttpTransfer() { curl_multi_remove_handle(lease_.multi(), lease_.easy()); }

void HttpTransfer::prepare_connection(const S3Settings& settings) {
  CURL* easy = lease_.easy();
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_);
  // Signals would interrupt other threads of the server.
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_PROXY, settings.proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings.connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!settings.tls_authorities.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, settings.tls_authorities.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
}

void HttpTransfer::prepare_request(const S3Settings& settings) {
  CURL* easy = lease_.easy();
  curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_AWS_SIGV4, fmt::format("aws:amz:{}:s3", settings.region).c_str());
  curl_easy_setopt(easy, CURLOPT_USERNAME, settings.key.c_str());
  curl_easy_setopt(easy, CURLOPT_PASSWORD, settings.secret.c_str());
  for (const std::string& header : request_.headers) {
    curl_slist* longer = curl_slist_append(header_list_.get(), header.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(header_list_.release());
    header_list_.reset(longer);
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, header_list_.get());
}

void HttpTransfer::prepare_body() {
  CURL* easy = lease_.easy();
  if (request_.method == "PUT") {
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_send);
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, on_rewind);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, this);
  } else if (request_.method == "POST") {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data() == nullptr ? "" : request_.body.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  } else if (request_.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (request_.method != "GET") {
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }
}

void HttpTransfer::note_progress(std::size_t bytes) {
  moved_ += bytes;
  if (moved_ < kLeastProgress) return;
  moved_ = 0;
  last_progress_ = SteadyClock::now();
}

std::size_t HttpTransfer::on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  try {
    transfer.add_header_line(trim(std::string_view(data, size * count)));
  } catch (const std::bad_alloc&) {
    return 0;
  }
  return size * count;
}

void HttpTransfer::add_header_line(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    // Again after "100 Continue".
    headers_.clear();
    return;
  }
  if (line.empty()) {
    long status = 0;
    curl_easy_getinfo(lease_.easy(), CURLINFO_RESPONSE_CODE, &status);
    status_ = static_cast<int>(status);
    has_head_ = status >= 200;
    last_progress_ = SteadyClock::now();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon != line.npos) headers_[to_lower_ascii(line.substr(0, colon))] = trim(line.substr(colon + 1));
}

std::size_t HttpTransfer::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  if (transfer.received_.size() - transfer.taken_ >= kReceiveBuffer) {
    transfer.is_paused_ = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  try {
    transfer.received_.append(data, size * count);
  } catch (const std::bad_alloc&) {
    return 0;
  }
  transfer.note_progress(size * count);
  return size * count;
}

std::size_t HttpTransfer::on_send(char* buffer, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  const std::size_t copied = transfer.request_.body.copy(buffer, size * count, transfer.sent_);
  transfer.sent_ += copied;
  transfer.note_progress(copied);
  return copied;
}

int HttpTransfer::on_rewind(void* self, curl_off_t offset, int origin) noexcept {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  if (origin != SEEK_SET || offset < 0 || static_cast<std::size_t>(offset) > transfer.request_.body.size())
    return CURL_SEEKFUNC_FAIL;
  transfer.sent_ = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

void HttpTransfer::check_time() const {
  const auto now = SteadyClock::now();
  if (now - last_progress_ > request_.stall_timeout)
    throw TransferFailure(fmt::format("nothing moved for {} seconds", request_.stall_timeout.count()));
  if (request_.timeout.count() > 0 && now - begin_ > request_.timeout)
    throw TransferFailure(fmt::format("not finished after {} seconds", request_.timeout.count()));
}

void HttpTransfer::step() {
  if (is_paused_) {
    is_paused_ = false;
    curl_easy_pause(lease_.easy(), CURLPAUSE_CONT);
  }
  const std::size_t before = received_.size();
  int running = 0;
  if (curl_multi_perform(lease_.multi(), &running) != CURLM_OK)
    throw TransferFailure("curl_multi_perform failed");
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(lease_.multi(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    is_done_ = true;
    if (message->data.result != CURLE_OK)
      throw TransferFailure(error_[0] != 0 ? error_ : curl_easy_strerror(message->data.result));
  }
  if (is_done_ || received_.size() != before) return;
  check_time();
  curl_multi_poll(lease_.multi(), nullptr, 0, kPollMilliseconds, nullptr);
}

int HttpTransfer::wait_for_head() {
  while (!has_head_ && !is_done_) step();
  // An answer to a request that is still being sent is an error, whose text comes with the body.
  if (!has_head_) throw TransferFailure("the answer has no head");
  return status_;
}

std::string HttpTransfer::header(const std::string& name) const {
  const auto found = headers_.find(name);
  return found == headers_.end() ? std::string() : found->second;
}

std::size_t HttpTransfer::read(std::span<char> buffer) {
  last_progress_ = SteadyClock::now();
  if (taken_ == received_.size()) {
    received_.clear();
    taken_ = 0;
  }
  while (received_.empty() && !is_done_) step();
  const std::size_t count = received_.copy(buffer.data(), buffer.size(), taken_);
  taken_ += count;
  return count;
}

std::string HttpTransfer::read_all(std::size_t limit) {
  std::string body;
  char buffer[16'384];
  while (const std::size_t count = read(buffer)) {
    if (body.size() + count > limit) throw TransferFailure("the answer is too long");
    body.append(buffer, count);
  }
  return body;
}

}  // namespace gw::filestore
