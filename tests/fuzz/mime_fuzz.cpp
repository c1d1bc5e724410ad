// Any bytes as a mail: structure, display in every view, bytes of every part.
#include <cstdint>
#include <set>
#include <string>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mail/mime/display.hpp"
#include "mail/mime/part_removal.hpp"
#include "mail/mime/structure.hpp"
#include "mail/mime/tnef.hpp"

namespace {

using namespace gw;
using namespace gw::mail;
using fuzz::require;

void check_part(const Part& part, std::set<std::string>& ids, int depth) {
  require(depth <= kMaxPartDepth);
  require(ids.insert(part.id).second);
  require(part.id.empty() == (depth == 0 && part.is_multipart()));
  if (part.filename) require(is_valid_utf8(*part.filename) && part.filename->find('/') == std::string::npos);
  for (const auto& [name, value] : part.parameters) require(is_valid_utf8(value));
  for (const Part& child : part.children) check_part(child, ids, depth + 1);
}

void check_equal(const mime::Structure& a, const mime::Structure& b) {
  require(a.extents.size() == b.extents.size() && a.size == b.size);
  for (const auto& [id, extent] : a.extents) {
    const auto other = b.extents.find(id);
    require(other != b.extents.end());
    require(extent.header_begin == other->second.header_begin &&
            extent.body_begin == other->second.body_begin && extent.body_end == other->second.body_end);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view mail(reinterpret_cast<const char*>(data), size);
  const mime::Structure structure = mime::parse_structure(mail);
  require(structure.size == static_cast<std::int64_t>(size));
  std::set<std::string> ids;
  check_part(structure.root, ids, 0);
  require(ids.size() <= static_cast<std::size_t>(kMaxParts));
  for (const auto& [id, extent] : structure.extents) {
    require(0 <= extent.header_begin && extent.header_begin <= extent.body_begin);
    require(extent.body_begin <= extent.body_end && extent.body_end <= structure.size);
    require(ids.contains(id));
  }
  mime::StructureParser pieces;
  for (std::size_t at = 0; at < size; at += 3) pieces.feed(mail.substr(at, 3));
  check_equal(structure, pieces.finish());

  const mime::ReadAt source = mime::read_from(mail);
  const mime::TextReader read = [&](const Part& part, std::size_t most) {
    std::string bytes;
    require(mime::read_part(source, structure, part, [&](std::string_view piece) {
      bytes += piece;
      return true;
    }));
    return bytes.substr(0, most);
  };
  for (const char* word : {"raw", "text", "textNoHtmlAttach", "html", "noimg", "document"}) {
    mime::DisplayOptions options;
    options.view = *mime::parse_view(word);
    options.is_embedded = true;
    options.unpacks_tnef = true;
    options.image_address = [](const Part& part) {
      return "/ajax/image/mail/picture?uid=" + percent_encode(part.id);
    };
    const mime::Display display = mime::plan_display(structure.root, options, read);
    require(!display.elements.empty() && display.elements.front().content.has_value());
    for (const mime::DisplayElement& element : display.elements)
      require((!element.content || is_valid_utf8(*element.content)) &&
              (!element.filename || is_valid_utf8(*element.filename)));
  }
  mime::has_attachments(structure.root);
  const std::string types[] = {"text/plain", "text/calendar"};
  require(mime::remove_parts(std::string(mail), types).size() <= size);
  mime::parse_tnef(mail);
  return 0;
}
