// A stored file on its way to a client: whole, in ranges, or not at all because he has it.
// Source: spec infostore 5; RFC 9110 sections 13 and 14.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ajax/action.hpp"
#include "ajax/delivery/byte_ranges.hpp"
#include "ajax/delivery/preconditions.hpp"
#include "filestore/file_store.hpp"

namespace gw::ajax {

struct StoredBytes {
  std::shared_ptr<filestore::FileStore> store;
  std::string id;
  std::int64_t size = 0;
};

/// Reads a range into `write`, 64 KiB at a time. Errors: StoreError; std::runtime_error when the file is
/// shorter than its row says. False: the client is gone.
bool pour(const StoredBytes& bytes, ByteRange range, const BodyWriter& write);
/// The first `count` bytes, or all. Errors: StoreError.
std::string read_begin(const StoredBytes& bytes, std::size_t count);

/// Bytes whose number is known, wherever they lie.
struct RangedBytes {
  std::int64_t size = 0;
  /// Reads a range into the writer; false: the client is gone. Called when the request's own objects are
  /// gone.
  std::function<bool(ByteRange range, const BodyWriter& write)> pour;
  std::optional<std::string> local_path;  ///< the same bytes as a file
};
/// Errors: none. As deliver_bytes.
Response deliver_ranged(const Invocation& invocation, const RangedBytes& bytes, const Validators& validators,
                        const std::string& content_type);

/// The body with its length, or those parts of it that the request's Range asks for; 416 when there are none.
/// Errors: StoreError when the file is not there.
Response deliver_bytes(const Invocation& invocation, const StoredBytes& bytes, const Validators& validators,
                       const std::string& content_type);

/// Turns the exception that is being handled into the page of a download: ApiError, StoreError and JSON
/// errors. Others are rethrown. Call inside a catch block only. Errors: always throws, HttpError or
/// Unavailable.
[[noreturn]] void throw_page_of_current_exception();

}  // namespace gw::ajax
