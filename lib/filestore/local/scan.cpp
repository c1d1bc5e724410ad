#include "filestore/local/scan.hpp"

#include <cerrno>
#include <vector>

#include "filestore/local/layout.hpp"

namespace gw::filestore {
namespace {

/// How often a folder is emptied again because somebody wrote into it meanwhile.
constexpr int kScanRaces = 10;

/// False when the folder is not there (any more).
bool read_names(const Folders& folders, const std::string& folder, std::vector<std::string>& names) {
  if (retry_stale([&] { return folders.calls().read_folder(folders.path(folder), names); }) == 0) return true;
  if (errno != ENOENT && errno != ENOTDIR) folders.fail("read the folder", folder, errno);
  folders.require_root();
  return false;
}

bool inspect(const Folders& folders, const std::string& place, FileInfo& info) {
  if (retry_stale([&] { return folders.calls().inspect(folders.path(place), info); }) == 0) return true;
  if (errno != ENOENT) folders.fail("look at", place, errno);
  return false;
}

class Scan {
 public:
  Scan(const Folders& folders, const std::string& name_space, const std::function<bool(const Found&)>& visit)
      : folders_(folders), name_space_(name_space), visit_(visit) {}

  bool run(const std::string& below) {
    std::vector<std::string> names;
    if (!read_names(folders_, below.empty() ? name_space_ : name_space_ + "/" + below, names)) return true;
    for (const std::string& name : names)
      if (!look_at(below.empty() ? name : below + "/" + name, name)) return false;
    return true;
  }

 private:
  bool look_at(const std::string& path, const std::string& name) {
    Found found{path, name.starts_with(kUploadPrefix), {}};
    if (!found.is_temporary && !is_identifier(path)) return !is_folder_of_files(path) || run(path);
    if (!inspect(folders_, name_space_ + "/" + path, found.info)) return true;
    return found.info.kind != FileInfo::Kind::File || visit_(found);
  }

  const Folders& folders_;
  const std::string& name_space_;
  const std::function<bool(const Found&)>& visit_;
};

void remove_entries(const Folders& folders, const std::string& folder) {
  std::vector<std::string> names;
  read_names(folders, folder, names);
  for (const std::string& name : names) {
    const std::string place = folder + "/" + name;
    FileInfo info;
    if (!inspect(folders, place, info)) continue;
    if (info.kind == FileInfo::Kind::Folder)
      remove_tree(folders, place);
    else if (folders.calls().unlink(folders.path(place)) != 0 && errno != ENOENT)
      folders.fail("remove", place, errno);
  }
}

}  // namespace

void scan_files(const Folders& folders, const std::string& name_space,
                const std::function<bool(const Found&)>& visit) {
  Scan(folders, name_space, visit).run({});
}

void remove_tree(const Folders& folders, const std::string& folder) {
  for (int attempt = 0; attempt < kScanRaces; ++attempt) {
    remove_entries(folders, folder);
    if (folders.calls().remove_folder(folders.path(folder)) == 0 || errno == ENOENT) return;
    if (errno != ENOTEMPTY && errno != EEXIST) break;
  }
  folders.fail("remove the folder", folder, errno);
}

}  // namespace gw::filestore
