#include "ajax/delivery/content_disposition.hpp"

#include "core/text.hpp"

namespace gw::ajax {

std::string content_disposition(Disposition disposition, std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    // Backslash and quote would need an escape that old browsers misread; percent is decoded by some.
    const bool is_bad = byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\' || c == '/' || c == '%';
    plain += is_bad ? '_' : c;
  }
  std::string header(disposition == Disposition::Inline ? "inline" : "attachment");
  return header.append("; filename=\"")
      .append(plain)
      .append("\"; filename*=UTF-8''")
      .append(percent_encode(name));
}

std::string clean_download_name(std::string_view title, std::string_view fallback) {
  constexpr std::size_t kMaxName = 100;
  std::string name;
  for (const char c : first_characters(title, kMaxName)) {
    const bool is_bad = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ||
                        std::string_view("\\/:*?\"<>|").find(c) != std::string_view::npos;
    name += is_bad ? '_' : c;
  }
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  return name.empty() ? std::string(fallback) : name;
}

}  // namespace gw::ajax
