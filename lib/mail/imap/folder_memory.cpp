#include "mail/imap/folder_memory.hpp"

namespace gw::mail::imap {
namespace {
constexpr std::size_t kMostRemembered = 1'000;
}

std::optional<ArrivalOrder> FolderMemory::arrival_order(const std::string& folder) const {
  const std::lock_guard lock(mutex_);
  const auto found = orders_.find(folder);
  return found == orders_.end() ? std::nullopt : std::optional(found->second);
}

void FolderMemory::remember(const std::string& folder, const ArrivalOrder& order) {
  const std::lock_guard lock(mutex_);
  if (orders_.size() >= kMostRemembered && !orders_.contains(folder)) orders_.clear();
  orders_[folder] = order;
}

void FolderMemory::forget(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  orders_.erase(folder);
}

std::optional<DefaultFolders> FolderMemory::default_folders() const {
  const std::lock_guard lock(mutex_);
  return defaults_;
}

void FolderMemory::remember(DefaultFolders folders) {
  const std::lock_guard lock(mutex_);
  defaults_ = std::move(folders);
}

void FolderMemory::forget_default_folders() {
  const std::lock_guard lock(mutex_);
  defaults_.reset();
}

}  // namespace gw::mail::imap
