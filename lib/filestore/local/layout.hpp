// Where a local store keeps a file: what identifiers look like and which text from outside is none.
// Source: spec infostore 12, "Local / NFS layout".
#pragma once

#include <string>
#include <string_view>

namespace gw::filestore {

/// The folder of all new files, below the one of the name space.
inline constexpr std::string_view kHashedFolder = "hashed";
/// Begins the name of a file that is still being written; no identifier begins so.
inline constexpr std::string_view kUploadPrefix = ".upload-";

/// `hashed/aa/bb/cc` for a file of that name.
std::string hashed_folder(std::string_view uuid);
/// A new one: `hashed/aa/bb/cc/<32 hex digits>`.
std::string make_identifier();
/// The hashed form, or `xx/yy/zz` of the old layout; nothing else, so no `..`, no absolute path, no `.lock`.
bool is_identifier(std::string_view id);
/// Whether a folder may lie on the way to a file: the front of an identifier.
bool is_folder_of_files(std::string_view path);
/// `path` without its last part, empty when it has one only.
std::string parent_of(std::string_view path);

}  // namespace gw::filestore
