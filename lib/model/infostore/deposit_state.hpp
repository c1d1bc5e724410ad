// The inside of Deposit, for the writing services.
#pragma once

#include "core/md5.hpp"
#include "model/infostore/file_spaces.hpp"
#include "model/infostore/infostore_write.hpp"

namespace gw::model::infostore {

struct Deposit::State {
  FileOwner owner = 0;
  Space space;
  std::unique_ptr<filestore::FileStore> store;
  std::unique_ptr<filestore::Upload> upload;
  std::int64_t size = 0;  ///< of the whole file, with what is continued
  Md5 md5;
  Text md5sum;  ///< after commit, where known
  /// Of a continued file: the version whose bytes these follow.
  std::optional<store::FileRow> continued;
  std::string file_id;  ///< set once the bytes are durable
  bool is_kept = false;

  /// Makes the bytes durable; before the transaction. Errors: FLS-0003, -0004, -0011.
  void commit();
  [[nodiscard]] std::int64_t added_bytes() const { return size - (continued ? continued->size : 0); }
};

/// Runs the transaction that names the deposit's file. Afterwards the file stays when the rows name it, and
/// also when nobody knows whether they do: a row without file would be worse than a file without row.
void write_with_file(UnitOfWork& work, std::optional<Deposit>& file,
                     const std::function<void(Transaction&, const Deposit::State*)>& body);

}  // namespace gw::model::infostore
