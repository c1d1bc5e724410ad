// Texts in the user's language. The English text of an error stands in its code table; catalogues hold the
// others.
#pragma once

#include <string_view>

#include "core/error.hpp"

namespace gw {

/// The text of an error in the language of `locale` (`de_DE`), else in English. Valid for ever. Threads: any.
std::string_view localized_text(const ErrorCode& code, std::string_view locale);

}  // namespace gw
