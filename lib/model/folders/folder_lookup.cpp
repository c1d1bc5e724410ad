#include "model/folders/folder_lookup.hpp"

#include <algorithm>

namespace gw::model::folders {
namespace {

/// More single look-ups than this cost more than reading all folders once.
constexpr std::size_t kSingleLookups = 2;

}  // namespace

bool FolderLookup::counts(const FolderAccess& folder) const {
  return folder.module == module_ && folder.rights.read >= least_read_level_;
}

const FolderAccess* FolderLookup::find(FolderId folder) {
  auto entry = known_.find(folder);
  if (entry == known_.end() && !all_loaded_) {
    if (known_.size() >= kSingleLookups) {
      load_all();
      entry = known_.find(folder);
    } else {
      auto access = find_access(connection_, caller_, folder);
      if (access && !counts(*access)) access.reset();
      entry = known_.emplace(folder, std::move(access)).first;
    }
  }
  return entry == known_.end() || !entry->second ? nullptr : &*entry->second;
}

void FolderLookup::load_all() {
  if (all_loaded_) return;
  all_loaded_ = true;
  // What is known already stays: callers hold pointers to it.
  for (FolderAccess& access : visible_folders(connection_, caller_, module_))
    if (counts(access)) known_.try_emplace(access.id, std::move(access));
}

std::vector<const FolderAccess*> FolderLookup::all() {
  load_all();
  std::vector<const FolderAccess*> folders;
  for (const auto& [id, access] : known_)
    if (access) folders.push_back(&*access);
  std::sort(folders.begin(), folders.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  return folders;
}

}  // namespace gw::model::folders
