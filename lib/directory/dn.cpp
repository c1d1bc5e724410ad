#include "directory/dn.hpp"

#include <ldap.h>

#include <memory>

#include "core/text.hpp"

namespace gw::directory {
namespace {

constexpr std::size_t kMaxDn = 8'192;

struct FreeDn {
  void operator()(void* dn) const { ldap_dnfree(static_cast<LDAPDN>(dn)); }
};
struct FreeDnText {
  void operator()(char* text) const { ldap_memfree(text); }
};

/// Null for what is no name.
std::unique_ptr<void, FreeDn> parse_dn(const std::string& text) {
  LDAPDN dn = nullptr;
  if (ldap_str2dn(text.c_str(), &dn, LDAP_DN_FORMAT_LDAPV3) != LDAP_SUCCESS) return nullptr;
  return std::unique_ptr<void, FreeDn>(dn);
}

}  // namespace

std::string normalise_dn(std::string_view dn) {
  const std::string text(trim(dn.substr(0, kMaxDn)));
  if (const auto parsed = parse_dn(text)) {
    char* written = nullptr;
    if (ldap_dn2str(static_cast<LDAPDN>(parsed.get()), &written, LDAP_DN_FORMAT_LDAPV3) == LDAP_SUCCESS) {
      const std::unique_ptr<char, FreeDnText> kept(written);
      return to_lower_ascii(written);
    }
  }
  return to_lower_ascii(text);
}

bool is_dn(std::string_view text) {
  return !trim(text).empty() && text.size() <= kMaxDn && parse_dn(std::string(text)) != nullptr;
}

}  // namespace gw::directory
