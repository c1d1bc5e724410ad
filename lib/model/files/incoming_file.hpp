// Bytes on their way into a store: first the bytes, then the rows that name them, so that a crash leaves an
// orphan at most. Whether they may come at all is the business of whoever takes them. Source: spec infostore
// 6 and 14.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/digest.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::model::files {

/// One file on its way in. Destroyed before it is kept, it removes the bytes again. Threads: one.
struct IncomingFile {
  /// A new file. Gives the connection back. `size_hint` -1: not known. Errors: FLS-0024 when the quota has no
  /// room for the hint; FLS-0003, -0004, -0011 of the store.
  IncomingFile(UnitOfWork& work, FileOwner whose, std::int64_t size_hint);
  /// More bytes behind those of a stored file, which becomes a new one. Errors: as above; FLS-0019.
  IncomingFile(UnitOfWork& work, const FileName& continued, std::int64_t size_hint);
  ~IncomingFile();
  IncomingFile(const IncomingFile&) = delete;
  IncomingFile& operator=(const IncomingFile&) = delete;

  /// Errors: FLS-0024 as soon as the quota would be exceeded, and those of the store.
  void write(std::string_view bytes);
  /// Makes the bytes durable; before the transaction. Errors: FLS-0003, -0004, -0011.
  void commit();
  [[nodiscard]] FileName name() const { return {owner, file_id, size}; }
  /// Units: bytes that were not in the store before.
  [[nodiscard]] std::int64_t added_bytes() const { return size - continued_size; }

  FileOwner owner = kContextFiles;
  Space space;
  std::unique_ptr<filestore::FileStore> store;
  std::unique_ptr<filestore::Upload> upload;
  std::int64_t size = 0;            ///< of the whole file, with what is continued
  std::int64_t continued_size = 0;  ///< of the file that these bytes follow
  Md5 md5;
  std::optional<std::string> md5sum;  ///< after commit, where known
  std::string file_id;                ///< set once the bytes are durable
  bool is_kept = false;
};

/// Makes the bytes of all files durable, then runs the transaction that names them. Afterwards the files stay
/// when the rows name them, and also when nobody knows whether they do: a row without file would be worse
/// than a file without row.
void write_with_files(UnitOfWork& work, std::span<IncomingFile* const> files,
                      const std::function<void(Transaction&)>& body);

}  // namespace gw::model::files
