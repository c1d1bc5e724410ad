// The words of GroupwareTrustedUser. Free of httpd, so they are tested without it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gw::apache {

/// Whom another module of the web server signs in, and how he is called here.
struct TrustedWords {
  bool is_on = false;
  std::string name_variable;  ///< of the request; empty: REMOTE_USER
  std::string context;        ///< of everybody; empty: the name says it, or the variable
  std::string context_variable;
  bool has_second_factor = false;
  std::string logout;
};

/// `On` or `Off`, then name=, context= or context-variable=, second-factor=, logout=. Errors: DirectiveError.
TrustedWords parse_trusted_user(std::string_view directive, std::span<const std::string_view> words);

}  // namespace gw::apache
