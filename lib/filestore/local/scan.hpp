// Walking through the files of one name space, and dropping it.
#pragma once

#include <functional>
#include <string>

#include "filestore/local/folders.hpp"

namespace gw::filestore {

struct Found {
  /// `hashed/aa/bb/cc/<name>` or `xx/yy/zz`, without the name space; a temporary file has no identifier.
  std::string id;
  bool is_temporary = false;
  FileInfo info;
};

/// Every ordinary file and every temporary one; other things that lie there are skipped. `visit` returns
/// false to stop. Files that appear or vanish meanwhile are seen or not. Errors: StoreError. Cost: holds the
/// names of one folder of each level.
void scan_files(const Folders& folders, const std::string& name_space,
                const std::function<bool(const Found&)>& visit);

/// Whatever lies in it, too. Links are removed, not followed. Errors: StoreError.
void remove_tree(const Folders& folders, const std::string& folder);

}  // namespace gw::filestore
