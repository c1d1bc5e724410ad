#include "formats/clean_text.hpp"

#include "core/text.hpp"

namespace gw::formats {

std::string clean_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
    } else if ((byte >= 0x20 && byte != 0x7F) || text[i] == '\n' || text[i] == '\t') {
      out += text[i];
    }
  }
  return std::string(trim(out));
}

}  // namespace gw::formats
