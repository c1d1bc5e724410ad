// The answers of an S3 service as a small tree. A document type, where entities could grow, is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::filestore {

struct XmlElement {
  /// Without its name space.
  std::string name;
  std::string text;
  std::vector<XmlElement> children;

  /// The text of the first child of that name; empty when there is none.
  [[nodiscard]] std::string_view child_text(std::string_view child) const;
};

/// Empty name when the text is no XML or nests more than 16 levels.
XmlElement parse_s3_xml(std::string_view text);

}  // namespace gw::filestore
