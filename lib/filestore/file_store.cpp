#include "filestore/file_store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "filestore/local/local_store.hpp"
#include "filestore/measured_store.hpp"
#include "filestore/s3/s3_settings.hpp"
#include "filestore/s3/s3_store.hpp"

namespace gw::filestore {
namespace {

constexpr std::string_view kLocal = "file:";
constexpr std::string_view kS3 = "s3:";

std::unique_ptr<StoreRoot> make_local_root(std::string_view path) {
  // file:///srv/files is another spelling of file:/srv/files.
  if (path.starts_with("///")) path.remove_prefix(2);
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (!path.starts_with('/') || path.starts_with("//") || path == "/" || path.find('\0') != path.npos)
    throw std::invalid_argument(
        "a file store in a folder is written file: and its absolute path, such as "
        "file:/var/lib/groupware/files");
  return std::make_unique<LocalRoot>(std::string(path));
}

}  // namespace

std::string account_problem(const StoreRoot& root) {
  const auto account = root.account();
  if (!account || *account == ::geteuid()) return {};
  return fmt::format("{} belongs to user {}: run this command as that user, for example with sudo -u '#{}'",
                     root.place(), *account, *account);
}

std::unique_ptr<StoreRoot> make_store_root(const std::string& uri) {
  if (uri.starts_with(kLocal))
    return measure(make_local_root(std::string_view(uri).substr(kLocal.size())), "file");
  if (uri.starts_with(kS3)) return measure(std::make_unique<S3Root>(parse_s3_uri(uri)), "s3");
  throw std::invalid_argument(
      "a file store is file:/path for a folder, or s3:bucket?endpoint=https://host&key=...&secret=file:/path "
      "for an "
      "S3 service");
}

}  // namespace gw::filestore
