#include "core/error.hpp"

#include <fmt/format.h>

namespace gw {

std::string_view category_name(Category category) {
  switch (category) {
    case Category::UserInput:
      return "USER_INPUT";
    case Category::Configuration:
      return "CONFIGURATION";
    case Category::PermissionDenied:
      return "PERMISSION_DENIED";
    case Category::TryAgain:
      return "TRY_AGAIN";
    case Category::ServiceDown:
      return "SERVICE_DOWN";
    case Category::Connectivity:
      return "CONNECTIVITY";
    case Category::Error:
      return "ERROR";
    case Category::Conflict:
      return "CONFLICT";
    case Category::Capacity:
      return "CAPACITY";
    case Category::Truncated:
      return "TRUNCATED";
    case Category::Warning:
      return "WARNING";
  }
  return "ERROR";
}

std::string format_code(const ErrorCode& code) { return fmt::format("{}-{:04}", code.prefix, code.number); }

std::string format_error_text(std::string_view text, const std::vector<std::string>& arguments) {
  std::string out;
  out.reserve(text.size() + 32);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool placeholder = text[i] == '%' && i + 3 < text.size() && text[i + 1] >= '1' &&
                             text[i + 1] <= '9' && text[i + 2] == '$' && text[i + 3] == 's';
    if (!placeholder) {
      out += text[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(text[i + 1] - '1');
    if (index < arguments.size()) out += arguments[index];
    i += 3;
  }
  return out;
}

ApiError::ApiError(const ErrorCode& code, std::vector<std::string> arguments,
                   std::vector<ProblematicField> problematic)
    : code_(&code),
      arguments_(std::move(arguments)),
      problematic_(std::move(problematic)),
      text_(format_code(code) + ": " + format_error_text(code.text, arguments_)) {}

}  // namespace gw
