// Any bytes as the decoded path of a WebDAV request, with the location's root on the first line, and as the
// header Destination.
#include <cstdint>
#include <string>

#include "core/text.hpp"
#include "dav/path.hpp"
#include "fuzz/require.hpp"

namespace {

using namespace gw;
using fuzz::require;

void check_names(const std::string& path) {
  const auto names = dav::split_path(path);
  if (!names) return;
  require(names->size() <= dav::kMaxDepth);
  std::string joined;
  for (const std::string_view name : *names) {
    require(!name.empty() && name != "." && name != ".." && name.find('/') == name.npos &&
            is_valid_utf8(name));
    const std::string below = dav::join_path(joined, name);
    require(dav::lies_below(below, joined) && !dav::lies_below(joined, below) &&
            !dav::lies_below(below, below));
    joined = below;
  }
  // The canonical spelling means the same.
  require(dav::split_path(joined)->size() == names->size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view root = input.substr(0, end);
  const std::string_view rest = input.substr(std::min(end + 1, input.size()));
  if (const auto below = dav::path_below(rest, root)) {
    require(!below->starts_with('/') && !below->ends_with('/'));
    check_names(*below);
  }
  check_names(std::string(rest));
  const std::string_view host = dav::host_of(rest);
  require(host.find('/') == host.npos && host.find('@') == host.npos);
  return 0;
}
