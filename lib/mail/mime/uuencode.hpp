// Files that stand uuencoded in the middle of a plain text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::mail::mime {

struct UuFile {
  std::string name;  ///< UTF-8, cleaned
  std::string bytes;
};
struct UuText {
  std::string text;  ///< what is left
  std::vector<UuFile> files;
};

/// Takes out whole blocks from `begin MODE NAME` to `end`; anything that is not exactly a block stays text.
/// At most 100 files. Cost: linear.
UuText extract_uuencoded(std::string_view text);

}  // namespace gw::mail::mime
