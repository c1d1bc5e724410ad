// Dead properties: what WebDAV clients keep beside a file or folder and nobody here reads. Source: RFC 4918
// section 4, spec dav 2.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/infostore/infostore_tree.hpp"

namespace gw::model::infostore {

struct Property {
  std::string space;  ///< namespace URI; empty: none
  std::string name;
  std::string value;  ///< the whole element as XML text, with every namespace it uses
};
/// Ascending by namespace and name.
using Properties = std::vector<Property>;

inline constexpr std::size_t kMaxProperties = 200;        ///< of one file or folder
inline constexpr std::size_t kMaxPropertyName = 255;      ///< characters; of the namespace too
inline constexpr std::size_t kMaxPropertyValue = 65'536;  ///< bytes

Properties list_properties(UnitOfWork& work, TreeEntry entry);

/// Those of every file in a folder and of `subfolders`. Cost: one query, and one per 256 subfolders.
struct MemberProperties {
  std::map<ObjectId, Properties> of_items;
  std::map<FolderId, Properties> of_folders;
};
MemberProperties list_member_properties(UnitOfWork& work, FolderId folder,
                                        std::span<const FolderId> subfolders);

struct PropertyChange {
  Property property;
  bool is_removal = false;  ///< of what may not be there
};
/// Errors: as change_properties. Cost: no write.
void check_may_change_properties(UnitOfWork& work, TreeEntry entry);
/// In one transaction, in their order. They are no change of the file to the HTTP API: no stamp, no event.
/// Errors: IFO-0403 without the right to write, IFO-0415 locked by another, IFO-0100 too long, FLS-0024 too
/// many.
void change_properties(UnitOfWork& work, TreeEntry entry, const std::vector<PropertyChange>& changes);

}  // namespace gw::model::infostore
