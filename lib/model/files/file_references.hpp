// Who names files of the stores: each kind of row tells it once, so that a file is an orphan only when nobody
// names it. Source: spec infostore 13.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "model/files/file_spaces.hpp"

namespace gw::model::files {

/// A row that names a file.
struct FileReference {
  FileName file;
  ObjectId object;        ///< item or attachment
  std::int64_t part = 0;  ///< version of an item, else 0
};

class FileReferences {
 public:
  virtual ~FileReferences() = default;
  /// For people: `version 2 of file 31`.
  [[nodiscard]] virtual std::string describe(const FileReference& reference) const = 0;
  /// Every file of one owner. `visit` must not use the connection.
  virtual void scan(sql::Connection& connection, ContextId context, FileOwner owner,
                    const std::function<void(const FileReference&)>& visit) const = 0;
  /// The same bytes lie elsewhere now. False, and nothing is changed, when the row names another file by now.
  virtual bool rename(Transaction& transaction, const FileReference& reference,
                      const std::string& new_id) const = 0;
  /// The file is lost: removes the row if it still names that file, and whatever is nothing without it.
  virtual void forget(Transaction& transaction, const FileReference& reference) const = 0;
};

/// Everybody who names files. A kind that is not here has its files taken for orphans.
std::span<const FileReferences* const> all_references();

}  // namespace gw::model::files
