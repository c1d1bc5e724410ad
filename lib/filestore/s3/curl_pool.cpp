#include "filestore/s3/curl_pool.hpp"

#include <fmt/format.h>

#include <new>

#include "filestore/file_store.hpp"

namespace gw::filestore {
namespace {

/// Never undone: other modules of the process may use the library too.
std::once_flag library_is_ready;

}  // namespace

CurlHandles::CurlHandles() {
  std::call_once(library_is_ready, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  easy = curl_easy_init();
  multi = curl_multi_init();
  if (easy != nullptr && multi != nullptr) return;
  curl_easy_cleanup(easy);
  curl_multi_cleanup(multi);
  throw std::bad_alloc();
}

CurlHandles::~CurlHandles() {
  curl_multi_cleanup(multi);
  curl_easy_cleanup(easy);
}

CurlPool::Lease CurlPool::acquire() {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, wait_, [&] { return leased_ < limit_; }))
    throw StoreError(StoreError::Kind::Unavailable,
                     fmt::format("s3: all {} connections were in use for {} seconds (option connections=)",
                                 limit_, wait_.count()));
  std::unique_ptr<CurlHandles> handles;
  if (!idle_.empty()) {
    handles = std::move(idle_.back());
    idle_.pop_back();
  } else {
    handles = std::make_unique<CurlHandles>();
    idle_.reserve(limit_);
  }
  ++leased_;
  return {shared_from_this(), std::move(handles)};
}

void CurlPool::put_back(std::unique_ptr<CurlHandles> handles) noexcept {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(handles));
    --leased_;
  }
  returned_.notify_one();
}

}  // namespace gw::filestore
