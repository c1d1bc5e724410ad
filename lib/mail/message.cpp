#include "mail/message.hpp"

#include "core/text.hpp"
#include "mail/mime/display.hpp"

namespace gw::mail {

bool has_attachment(const Message& message) {
  return message.has_attachment.value_or(message.structure && mime::has_attachments(*message.structure));
}

std::optional<std::string_view> find_header(const Message& message, std::string_view name) {
  for (const auto& [known, value] : message.headers) {
    if (equal_ignoring_ascii_case(known, name)) return value;
  }
  return std::nullopt;
}

}  // namespace gw::mail
