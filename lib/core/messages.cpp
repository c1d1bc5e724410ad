#include "core/messages.hpp"

#include <algorithm>
#include <array>

#include "core/messages_de.hpp"

namespace gw {

std::string_view localized_text(const ErrorCode& code, std::string_view locale) {
  if (!locale.starts_with("de")) return code.text;
  const auto found = std::find_if(
      std::begin(kGermanTexts), std::end(kGermanTexts),
      [&](const TranslatedText& row) { return row.number == code.number && row.prefix == code.prefix; });
  return found == std::end(kGermanTexts) ? code.text : found->text;
}

}  // namespace gw
