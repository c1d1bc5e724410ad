// Any bytes as declarations and as a style sheet: cleaned twice the same, and nothing in it that leaves the
// frame.
#include <cstdint>
#include <string>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mail/html/css.hpp"

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
    for (const std::string& text : {declarations, sheet}) {
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
