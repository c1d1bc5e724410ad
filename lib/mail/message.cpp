#include "mail/message.hpp"

#include "core/text.hpp"

namespace gw::mail {

std::optional<std::string_view> find_header(const Message& message, std::string_view name) {
  for (const auto& [known, value] : message.headers) {
    if (equal_ignoring_ascii_case(known, name)) return value;
  }
  return std::nullopt;
}

}  // namespace gw::mail
