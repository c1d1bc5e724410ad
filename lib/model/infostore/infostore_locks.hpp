// Write locks on items, shared by the HTTP API and WebDAV. Source: spec infostore 4, dav 2 "Locks".
#pragma once

#include "model/infostore/infostore_service.hpp"

namespace gw::model::infostore {

inline constexpr std::chrono::minutes kDefaultLock{60};
inline constexpr std::chrono::hours kLongestLock{24 * 7};

struct Lock {
  std::string token;  ///< `opaquelocktoken:<uuid>`; the API's own locks have one too
  FolderId folder;    ///< of a lock on a collection, else 0
  ObjectId item;      ///< 0 for a collection
  UserId owner;
  std::string owner_xml;  ///< as the DAV client sent it; empty: show the display name
  bool is_shared = false;
  bool is_deep = false;  ///< depth infinity, collections only
  Millis until;
  /// Of a lock on a name of collection `folder` that nobody bears yet (lock-null): it becomes the lock of
  /// whatever gets that name. Else empty.
  std::string name;
};

/// The API's lock: exclusive, for `duration` (at most kLongestLock). Touches the item and gives its new
/// stamp. Errors: IFO-0418, IFO-0415.
Millis lock(UnitOfWork& work, ItemRef ref, std::optional<std::chrono::milliseconds> duration);
/// Errors: IFO-0417, IFO-0416.
Millis unlock(UnitOfWork& work, ItemRef ref);

/// Running locks that cover the item: its own and deep ones of collections above it. Without an item those of
/// the collection `ref.folder`. Rights are the caller's business.
std::vector<Lock> locks_on(UnitOfWork& work, ItemRef ref);
/// For DAV, which has checked the right to write. Errors: IFO-0415 when another lock forbids it.
void add_lock(UnitOfWork& work, const Lock& lock);
/// False when there is no such lock of the caller.
bool refresh_lock(UnitOfWork& work, std::string_view token, Millis until);
bool remove_lock(UnitOfWork& work, std::string_view token);

/// Every running lock of the context, for those who show many items. Cost: one query.
std::vector<Lock> running_locks(UnitOfWork& work);

}  // namespace gw::model::infostore
