#include "mailbox/scheduling/itip_files.hpp"

#include <algorithm>
#include <optional>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace ical = formats::ical;
using model::calendar::InvitationFile;

constexpr std::string_view kPartScheme = "cid:";
constexpr std::size_t kLongestFileName = 200, kLongestMediaType = 127;

/// What programs call it.
constexpr std::string_view kNameParameters[] = {"FILENAME", "X-FILENAME", "X-APPLE-FILENAME",
                                                "X-ORACLE-FILENAME", "X-EVOLUTION-CALDAV-ATTACHMENT-NAME"};

std::string file_name_of(const ical::Property& property) {
  std::string name;
  for (const std::string_view parameter : kNameParameters)
    if (name.empty()) name = trim(property.parameter(parameter));
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '/' || c == '\\'; }, '_');
  name = std::string(first_characters(replace_invalid_utf8(name), kLongestFileName));
  return name.empty() || name == "." || name == ".." ? "file" : name;
}

std::string media_type_of(const ical::Property& property) {
  const std::string type = to_lower_ascii(trim(property.parameter("FMTTYPE")));
  const bool is_plain = type.find('/') != type.npos && type.size() <= kLongestMediaType &&
                        std::all_of(type.begin(), type.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  return is_plain ? type : "application/octet-stream";
}

/// Empty: a link, or nothing that can be read.
std::optional<InvitationFile> file_of(const ical::Property& property) {
  InvitationFile file{file_name_of(property), media_type_of(property), {}, {}};
  const std::string_view value = trim(property.value);
  if (value.size() > kPartScheme.size() &&
      equal_ignoring_ascii_case(value.substr(0, kPartScheme.size()), kPartScheme)) {
    file.content_id = percent_decode(value.substr(kPartScheme.size()), false).value_or("");
    return file.content_id.empty() ? std::nullopt : std::optional(std::move(file));
  }
  const bool is_bytes =
      property.is_base64 || equal_ignoring_ascii_case(property.parameter("VALUE"), "BINARY");
  auto bytes = is_bytes ? from_base64(value) : std::nullopt;
  if (!bytes || bytes->empty()) return std::nullopt;
  file.bytes = std::move(*bytes);
  return file;
}

}  // namespace

std::vector<InvitationFile> take_files(ical::Component& component) {
  std::vector<InvitationFile> files;
  std::erase_if(component.properties, [&](const ical::Property& property) {
    if (property.name != "ATTACH") return false;
    auto file = file_of(property);
    if (!file) return property.is_base64;
    if (files.size() < kMostFiles) files.push_back(std::move(*file));
    return true;
  });
  return files;
}

ical::Property file_property(const std::string& content_id, const std::string& name,
                             const std::string& media_type, std::int64_t size) {
  ical::Property property = ical::plain_property("ATTACH", "CID:" + content_id);
  property.add_parameter("FMTTYPE", media_type);
  property.add_parameter("FILENAME", name);
  property.add_parameter("SIZE", std::to_string(size));
  return property;
}

}  // namespace gw::mailbox::scheduling
