// What the suite adds to a user's rules: which folders and redirects they may name, and in which zone their
// dates are. How rules are written is in mail/sieve. Source: spec mailfilter sections 3.2 and 4.
#pragma once

#include <string>
#include <string_view>

#include "core/settings.hpp"
#include "core/time.hpp"
#include "mail/sieve/json.hpp"

namespace gw::mailbox::filters {

/// `default0/INBOX/x` to `INBOX/x`. Errors: MAIL_FILTER-0025 for the account's root and for folders of other
/// accounts, where the filter server files nothing.
std::string folder_to_script(std::string_view id, bool is_utf7);
std::string folder_to_json(std::string_view name, bool is_utf7);

/// False for an address, or the domain of an address or one above it, that GroupwareSieveDenyRedirect names.
bool may_redirect(const SieveSettings& settings, std::string_view address);

struct RedirectLimits {
  std::size_t in_script = 0;  ///< of all active rules; 0: none
  std::size_t in_rule = 0;    ///< what the server does for one mail; 0: not known
};
/// Rules that were beyond the limits before stay as they are. Errors: MAIL_FILTER-0024 with the address that
/// is one too many.
void check_redirects(const mail::sieve::Script& before, const mail::sieve::Script& after,
                     const RedirectLimits& limits);

/// "+0530".
std::string format_zone(const TimeZone& zone, Millis instant);

/// The references must outlive it.
mail::sieve::Context make_context(const SieveSettings& settings, const TimeZone& zone, Millis now);

}  // namespace gw::mailbox::filters
