// The bounded number of connections of one process to the S3 service.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace gw::filestore {

/// One transfer at a time, driven step by step, and the connection that it leaves open.
struct CurlHandles {
  CurlHandles();
  ~CurlHandles();
  CurlHandles(const CurlHandles&) = delete;
  CurlHandles& operator=(const CurlHandles&) = delete;
  CURL* easy = nullptr;
  CURLM* multi = nullptr;
};

/// Empty until the first use, so it may be made before the server forks. Threads: any.
class CurlPool : public std::enable_shared_from_this<CurlPool> {
 public:
  CurlPool(std::size_t limit, std::chrono::seconds wait) : limit_(limit), wait_(wait) {}

  /// Gives the handles back when it dies.
  class Lease {
   public:
    Lease(std::shared_ptr<CurlPool> pool, std::unique_ptr<CurlHandles> handles)
        : pool_(std::move(pool)), handles_(std::move(handles)) {}
    ~Lease() {
      if (handles_) pool_->put_back(std::move(handles_));
    }
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    [[nodiscard]] CURL* easy() const { return handles_->easy; }
    [[nodiscard]] CURLM* multi() const { return handles_->multi; }

   private:
    std::shared_ptr<CurlPool> pool_;
    std::unique_ptr<CurlHandles> handles_;
  };

  /// Errors: StoreError Unavailable when all are in use for too long.
  Lease acquire();

 private:
  void put_back(std::unique_ptr<CurlHandles> handles) noexcept;

  const std::size_t limit_;
  const std::chrono::seconds wait_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<CurlHandles>> idle_;
  std::size_t leased_ = 0;
};

}  // namespace gw::filestore
