#include "apache/file_access.hpp"

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace gw::apache {
namespace {

constexpr mode_t kWrite = 2;
constexpr mode_t kSearch = 1;

bool may(const struct stat& info, const Account& account, mode_t wanted) {
  if (account.user == 0) return true;
  const bool is_owner = info.st_uid == account.user;
  const bool is_member =
      std::find(account.groups.begin(), account.groups.end(), info.st_gid) != account.groups.end();
  const int shift = is_owner ? 6 : is_member ? 3 : 0;
  return (info.st_mode >> shift & wanted) == wanted;
}

/// An access list may allow more than the mode bits show; then the answer is left to the first real access.
bool has_access_list(const char* path) { return getxattr(path, "system.posix_acl_access", nullptr, 0) > 0; }

std::string name_of(uid_t user) {
  const passwd* entry = getpwuid(user);
  return entry == nullptr ? std::to_string(user) : entry->pw_name;
}

/// Empty when every folder from / down to `folder` may be entered.
std::string explain_unreachable(const std::filesystem::path& folder, const Account& account) {
  std::filesystem::path part;
  for (const auto& name : folder) {
    part /= name;
    struct stat info {};
    if (stat(part.c_str(), &info) != 0) {
      const int error = errno;
      return fmt::format("{}: {}; make it: install -d -o {} -m 0750 {}", part.string(), std::strerror(error),
                         name_of(account.user), folder.string());
    }
    if (!S_ISDIR(info.st_mode)) return fmt::format("{} is no folder", part.string());
    if (!may(info, account, kSearch) && !has_access_list(part.c_str()))
      return fmt::format("{} may not enter {}; choose another place, or allow it: chmod o+x {}",
                         name_of(account.user), part.string(), part.string());
  }
  return {};
}

}  // namespace

Account Account::find(uid_t user, gid_t group) {
  Account account{user, {group}};
  if (const passwd* entry = getpwuid(user)) {
    int count = 64;
    std::vector<gid_t> groups(static_cast<std::size_t>(count));
    if (getgrouplist(entry->pw_name, group, groups.data(), &count) >= 0)
      account.groups.assign(groups.begin(), groups.begin() + count);
  }
  return account;
}

std::string explain_unwritable_folder(const std::string& folder, const Account& account) {
  std::string problem = explain_unreachable(folder, account);
  if (!problem.empty()) return problem;
  struct stat info {};
  if (stat(folder.c_str(), &info) == 0 && may(info, account, kWrite | kSearch)) return {};
  if (has_access_list(folder.c_str())) return {};
  return fmt::format("{0} may not write to {1}; allow it: chown {0} {1}", name_of(account.user), folder);
}

std::string explain_unwritable_file(const std::string& file, const Account& account) {
  struct stat info {};
  if (stat(file.c_str(), &info) != 0) return {};
  if (may(info, account, kWrite) || has_access_list(file.c_str())) return {};
  return fmt::format("{0} may not write to {1}; allow it: chown {0} {1}", name_of(account.user), file);
}

}  // namespace gw::apache
