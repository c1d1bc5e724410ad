// The folders of one module that a request meets, each looked up when it is first asked for.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "model/folders/folder_access.hpp"

namespace gw::model::folders {

/// Threads: one. Connection and caller must outlive it.
class FolderLookup {
 public:
  /// Folders in which the caller has less than `least_read_level` are passed over.
  FolderLookup(sql::Connection& connection, const Caller& caller, ObjectModule wanted,
               int least_read_level = 0)
      : connection_(connection), caller_(caller), module_(wanted), least_read_level_(least_read_level) {}
  /// nullptr: no such folder, of another module, not visible, or passed over. Valid while the lookup lives.
  /// Cost: a query for each of the first few, then one for all.
  const FolderAccess* find(FolderId folder);
  /// Every one of them, by ascending id.
  std::vector<const FolderAccess*> all();
  /// Cost: one query, so that further calls of `find` need none. Never fails for want of rights.
  void load_all();

 protected:
  [[nodiscard]] const Caller& caller() const { return caller_; }

 private:
  [[nodiscard]] bool counts(const FolderAccess& folder) const;

  sql::Connection& connection_;
  const Caller& caller_;
  const ObjectModule module_;
  const int least_read_level_;
  bool all_loaded_ = false;
  std::unordered_map<FolderId, std::optional<FolderAccess>> known_;
};

}  // namespace gw::model::folders
