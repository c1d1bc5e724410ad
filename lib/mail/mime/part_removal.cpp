#include "mail/mime/part_removal.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "mail/mime/structure.hpp"

namespace gw::mail::mime {
namespace {

using Cut = std::pair<std::size_t, std::size_t>;

/// From the boundary line before the part to the one behind it.
Cut cut_of(std::string_view message, const Extent& extent) {
  const auto header = static_cast<std::size_t>(extent.header_begin);
  // The line that ends where the part's header begins is its boundary.
  const std::size_t before = header < 2 ? message.npos : message.rfind('\n', header - 2);
  const std::size_t begin = before == message.npos ? 0 : before + 1;
  const std::size_t next =
      message.find("\n--", static_cast<std::size_t>(extent.body_end) -
                               std::min<std::size_t>(1, static_cast<std::size_t>(extent.body_end)));
  return {begin, next == message.npos ? message.size() : next + 1};
}

}  // namespace

std::string remove_parts(std::string message, std::span<const std::string> types) {
  if (types.empty()) return message;
  const Structure structure = parse_structure(message);
  std::vector<Cut> cuts;
  std::vector<const Part*> open{&structure.root};
  while (!open.empty()) {
    const Part* part = open.back();
    open.pop_back();
    // Of embedded messages nothing is taken: they are somebody's own.
    if (!part->is_multipart()) continue;
    for (const Part& child : part->children) {
      const auto extent = structure.extents.find(child.id);
      const bool is_dropped = std::find(types.begin(), types.end(), child.media_type()) != types.end();
      if (is_dropped && extent != structure.extents.end())
        cuts.push_back(cut_of(message, extent->second));
      else
        open.push_back(&child);
    }
  }
  std::sort(cuts.rbegin(), cuts.rend());
  std::size_t cut_before = message.size();
  for (const auto& [begin, end] : cuts) {
    message.erase(begin, std::min(end, cut_before) - begin);
    cut_before = begin;
  }
  return message;
}

}  // namespace gw::mail::mime
