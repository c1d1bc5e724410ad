// Words of GroupwareMailCategories and GroupwareMailCategory. Free of httpd, so they are tested without it.
// Errors of every function: DirectiveError.
#pragma once

#include <span>
#include <string_view>

#include "core/settings.hpp"

namespace gw::apache {

/// `off`, or `on` and then `start=off`, `forced=on`, `name=General`, `name.de=Allgemein`.
void set_mail_categories(MailCategoriesSettings& categories, std::string_view name,
                         std::span<const std::string_view> words);
/// An id, then `keyword=$x`, `kind=user`, `active=off`, `forced=on`, `from=a@x,b@y`, `name=`, `name.de=`.
void add_mail_category(MailCategoriesSettings& categories, std::string_view name,
                       std::span<const std::string_view> words);

}  // namespace gw::apache
