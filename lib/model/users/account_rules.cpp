#include "model/users/account_rules.hpp"

#include <unicode/locid.h>

#include <algorithm>
#include <cctype>

#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "core/text.hpp"
#include "model/settings/password_rules.hpp"

namespace gw::model::users {
namespace {

constexpr std::size_t kMaxLogin = 128;
constexpr std::size_t kMaxAddress = 255;
constexpr std::size_t kMaxLocalPart = 64;

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_dotted(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos;
}

bool is_local_part(std::string_view text) {
  constexpr std::string_view kAtomSigns = "!#$%&'*+-/=?^_`{|}~.";
  return text.size() <= kMaxLocalPart && is_dotted(text) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return is_ascii_letter_or_digit(c) || (c & 0x80) != 0 ||
                  kAtomSigns.find(c) != std::string_view::npos;
         });
}

bool is_domain(std::string_view text) {
  if (!is_dotted(text)) return false;
  for (const std::string_view label : split(text, '.')) {
    if (label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(),
                     [](char c) { return is_ascii_letter_or_digit(c) || c == '-' || (c & 0x80) != 0; }))
      return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> normalise_login(std::string_view login) {
  constexpr std::string_view kSigns = "$%.+_-";
  std::string name = to_lower_ascii(trim(login));
  const bool allowed = std::all_of(name.begin(), name.end(), [&](char c) {
    return is_ascii_letter_or_digit(c) || kSigns.find(c) != std::string_view::npos;
  });
  if (name.empty() || name.size() > kMaxLogin || !allowed) return std::nullopt;
  return name;
}

bool is_mail_address(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || address.find_first_of(" \t\r\n") != std::string_view::npos)
    return false;
  return address.size() <= kMaxAddress && is_valid_utf8(address) && is_local_part(address.substr(0, at)) &&
         is_domain(address.substr(at + 1));
}

std::string fold_mail_address(std::string_view address) { return to_lower_ascii(trim(address)); }

std::optional<std::string> normalise_locale(std::string_view locale) {
  const std::string name(trim(locale));
  if (name.size() < 2 || name.size() > 6) return std::nullopt;
  if (!std::all_of(name.begin(), name.end(),
                   [](char c) { return is_ascii_letter_or_digit(c) || c == '_' || c == '-'; }))
    return std::nullopt;
  const icu::Locale known(name.c_str());
  if (known.isBogus() || known.getISO3Language()[0] == '\0') return std::nullopt;
  if (known.getCountry()[0] != '\0' && known.getISO3Country()[0] == '\0') return std::nullopt;
  // ICU leaves out what it cannot read: "en_1" would silently become "en".
  if (std::string_view(known.getName()).size() != name.size()) return std::nullopt;
  return std::string(known.getName());
}

void check_new_password(std::string_view password) {
  if (password.empty()) throw ApiError(errors::usr::kNewPasswordMissing);
  if (!is_valid_utf8(password) ||
      std::any_of(password.begin(), password.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
    throw ApiError(errors::usr::kPasswordCharacters);
  if (count_characters(password) < static_cast<std::size_t>(settings::kPasswordMinLength))
    throw ApiError(errors::usr::kPasswordTooShort, {std::to_string(settings::kPasswordMinLength)});
  if (password.size() > static_cast<std::size_t>(settings::kPasswordMaxBytes))
    throw ApiError(errors::usr::kPasswordTooLong, {std::to_string(settings::kPasswordMaxBytes)});
}

}  // namespace gw::model::users
