// What account values may look like: login names, addresses, languages, passwords. The one place of these
// rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::model::users {

/// Lower case and trimmed. Allowed: letters, digits and `$ % . + _ -`, 1 to 128 characters; no `@`, no blank.
/// Errors: empty. Source: spec provisioning section 5 (validation).
std::optional<std::string> normalise_login(std::string_view login);

/// `local@domain` in ASCII or UTF-8 without display name, at most 255 bytes. A host without dot is fine.
bool is_mail_address(std::string_view address);
/// How addresses are compared and stored as aliases: lower case.
std::string fold_mail_address(std::string_view address);

/// `en_US` form from `en-us`, `en_US`, `de`. Errors: empty for an unknown language or country.
std::optional<std::string> normalise_locale(std::string_view locale);

/// The policy of settings/password_rules.hpp, for password change and provisioning.
/// Errors: ApiError USR-0015, USR-0020, USR-0021, USR-0029.
void check_new_password(std::string_view password);

}  // namespace gw::model::users
