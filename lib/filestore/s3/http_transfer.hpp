// One signed HTTP request and its answer, whose body the caller takes piece by piece.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "filestore/s3/curl_pool.hpp"
#include "filestore/s3/s3_settings.hpp"

namespace gw::filestore {

struct HttpRequest {
  std::string method;
  std::string url;
  /// `Name: value`. All of them are signed.
  std::vector<std::string> headers;
  /// Must live as long as the transfer.
  std::string_view body;
  /// For the whole exchange; 0 = none, then only a stall ends it.
  std::chrono::seconds timeout{0};
  std::chrono::seconds stall_timeout{0};
};

/// The exchange broke off: no connection, time-out, cut. The text is for the log.
class TransferFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Threads: one.
class HttpTransfer {
 public:
  HttpTransfer(CurlPool::Lease lease, const S3Settings& settings, HttpRequest request);
  ~HttpTransfer();
  HttpTransfer(const HttpTransfer&) = delete;
  HttpTransfer& operator=(const HttpTransfer&) = delete;

  /// Sends the request and waits for the head of the answer. Gives the status. Errors: TransferFailure.
  int wait_for_head();
  /// Name in lower case; empty when it is missing.
  [[nodiscard]] std::string header(const std::string& name) const;
  /// Fills the front of `buffer`; 0 at the end. The time between two calls counts as no stall.
  /// Errors: TransferFailure. Cost: holds at most 272 KiB.
  std::size_t read(std::span<char> buffer);
  /// The rest of the body. Errors: TransferFailure, also when it is longer than `limit`.
  std::string read_all(std::size_t limit);

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t on_send(char* buffer, std::size_t size, std::size_t count, void* self) noexcept;
  static int on_rewind(void* self, curl_off_t offset, int origin) noexcept;

  void prepare_request(const S3Settings& settings);
  void prepare_connection(const S3Settings& settings);
  void prepare_body();
  void add_header_line(std::string_view line);
  void note_progress(std::size_t bytes);
  /// One step: moves what can be moved, else waits a little. Errors: TransferFailure.
  void step();
  void check_time() const;

  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  CurlPool::Lease lease_;
  HttpRequest request_;
  std::unique_ptr<curl_slist, FreeList> header_list_;
  std::map<std::string, std::string> headers_;
  std::string received_;
  std::size_t taken_ = 0;
  std::size_t sent_ = 0;
  int status_ = 0;
  bool has_head_ = false;
  bool is_paused_ = false;
  bool is_done_ = false;
  std::size_t moved_ = 0;
  std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point last_progress_;
  char error_[CURL_ERROR_SIZE] = "";
};

}  // namespace gw::filestore
