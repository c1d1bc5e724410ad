// Any bytes as declarations and as a style sheet: cleaned twice the same, and nothing in it that leaves the
// frame.
#include <algorithm>
#include <cstdint>
#include <string>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mail/html/css.hpp"

namespace {

/// Without the conditions of @media, each a line: what is no declaration does nothing, whatever it is called.
std::string rules_of(const std::string& sheet) {
  std::string out;
  for (std::size_t at = 0; at < sheet.size();) {
    const std::size_t end = std::min(sheet.find('\n', at), sheet.size());
    if (sheet.compare(at, 7, "@media ") != 0) out.append(sheet, at, end - at).push_back('\n');
    at = end + 1;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gw;
  using namespace gw::mail::html;
  using fuzz::require;
  const std::string css = replace_invalid_utf8(std::string_view(reinterpret_cast<const char*>(data), size));
  for (const CssPolicy& policy : {CssPolicy{}, CssPolicy{{}, ".s", "m-"}}) {
    bool blocked = false;
    const std::string declarations = clean_declarations(css, policy, blocked);
    require(clean_declarations(declarations, policy, blocked) == declarations);
    const std::string sheet = clean_sheet(css, policy, blocked);
    require(clean_sheet(sheet, policy, blocked) == sheet);
    for (const std::string& text : {declarations, rules_of(sheet)}) {
      require(text.find_first_of("<\\") == std::string::npos);
      // The rest of an address may hold any word.
      if (text.find("url(") != std::string::npos) continue;
      const std::string lower = to_lower_ascii(text);
      for (const char* bad : {"expression(", "javascript:", "@import", "behavior:", "/*", "position: fixed",
                              "position: absolute"})
        require(lower.find(bad) == std::string::npos);
    }
  }
  return 0;
}
