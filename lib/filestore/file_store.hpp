// Where the bytes of files live. Rows in the database name a file by the identifier that the store chose; a
// store knows nothing of rows, users or quotas. Source: spec infostore 12; design section 6.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace gw::filestore {

/// Why a call failed. `what()` is one line for the log and names the store, never a key or password.
class StoreError : public std::runtime_error {
 public:
  enum class Kind {
    Io,           ///< FLS-0003
    Unavailable,  ///< FLS-0004: the store cannot be reached or opened; another try may succeed
    Missing,      ///< FLS-0017: a row names a file that is not there
    Range,        ///< FLS-0018
    Offset,       ///< FLS-0019: an append that does not begin at the end
    Full,         ///< FLS-0011: the disk or the bucket takes no more
  };
  StoreError(Kind kind, const std::string& text) : std::runtime_error(text), kind_(kind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// Bytes on their way into the store. Nothing of them is visible to anybody before commit; destroyed without
/// commit, nothing remains. Threads: one.
class Upload {
 public:
  virtual ~Upload() = default;
  /// Errors: StoreError. Cost: holds at most one part (8 MiB) in memory.
  virtual void write(std::string_view bytes) = 0;
  /// Makes the file durable: when this returns it survives the loss of power. Gives its identifier.
  /// Errors: StoreError; then nothing remains. Once.
  virtual std::string commit() = 0;
  /// What commit will give, or has given.
  [[nodiscard]] virtual std::string id() const = 0;
};

/// Bytes of one file from an offset on. Threads: one.
class Reader {
 public:
  virtual ~Reader() = default;
  /// Fills the front of `buffer`; 0 at the end. Errors: StoreError.
  virtual std::size_t read(std::span<char> buffer) = 0;
};

struct StoredFile {
  std::string id;
  std::int64_t size = 0;
  /// When it was written last; tools leave young files alone.
  Millis modified;
};

/// One name space of one store: the files of one context, or of one user. Identifiers are opaque, at most
/// 255 bytes of ASCII. Threads: any.
class FileStore {
 public:
  virtual ~FileStore() = default;
  /// A new file with a new identifier; an existing one is never overwritten.
  virtual std::unique_ptr<Upload> create() = 0;
  /// `length` -1 reads to the end. Errors: StoreError Missing, Range (offset behind the end).
  virtual std::unique_ptr<Reader> open(std::string_view id, std::int64_t offset = 0,
                                       std::int64_t length = -1) = 0;
  /// Errors: StoreError Missing.
  virtual std::int64_t size(std::string_view id) = 0;
  /// A file that holds the old bytes and what will be written, under a new identifier; the old one stays
  /// until it is removed, so a reader never sees half of it. Errors: StoreError Offset unless `offset` is its
  /// size.
  virtual std::unique_ptr<Upload> append(std::string_view id, std::int64_t offset) = 0;
  /// A missing file is no error: false.
  virtual bool remove(std::string_view id) = 0;
  /// Every file, in no order, without temporary ones. For tools. `visit` returns false to stop.
  virtual void list(const std::function<bool(const StoredFile&)>& visit) = 0;
  /// Removes temporary files older than `age` that a killed process left. Gives how many.
  virtual std::int64_t remove_stale_uploads(std::chrono::seconds age) = 0;
  /// Drops the whole name space.
  virtual void remove_all() = 0;
  /// Where the file lies when it is an ordinary local file, so that the server may send it without reading
  /// it.
  [[nodiscard]] virtual std::optional<std::string> local_path(std::string_view id) const = 0;
};

/// A file store as an administrator configures it: `file:/path` or `s3:bucket?...`. Gives the name spaces.
class StoreRoot {
 public:
  virtual ~StoreRoot() = default;
  /// `name` is letters, digits and `_`, such as `7_ctx_store`. Made at first write. Threads: any.
  [[nodiscard]] virtual std::unique_ptr<FileStore> open(std::string_view name) const = 0;
  /// Equal for two roots exactly when they keep the same files, however their addresses are written. Without
  /// keys or passwords.
  [[nodiscard]] virtual std::string place() const = 0;
  /// The account that must write here, when there is one: the owner of the folder. Units: uid.
  [[nodiscard]] virtual std::optional<std::uint32_t> account() const { return std::nullopt; }
};

/// For an administrator: why this process must not write here, because `root` belongs to another account.
/// Empty: it may.
std::string account_problem(const StoreRoot& root);

/// Errors: std::invalid_argument with the text an administrator needs (also used at `httpd -t`).
std::unique_ptr<StoreRoot> make_store_root(const std::string& uri);

}  // namespace gw::filestore
