// Words of the directives GroupwareNoReply, GroupwareJobs and GroupwarePublicFreeBusy. Free of httpd, so they
// are tested without it, and groupwarectl reads them, too. Meanings: docs/directives.md.
#pragma once

#include <span>
#include <string_view>

#include "core/settings.hpp"

namespace gw::apache {

/// `address`, then perhaps the URL of a server with its words, and `login=`, `secret=`. Errors:
/// DirectiveError.
void set_no_reply(NoReplySettings& no_reply, std::string_view name, std::span<const std::string_view> words);

/// `off`, or `on` and then `interval=`. Errors: DirectiveError.
void set_jobs(JobSettings& jobs, std::string_view name, std::span<const std::string_view> words);

/// `off`, or `on` and then `default=` and `contexts=`. Errors: DirectiveError.
void set_public_busy(PublicBusySettings& busy, std::string_view name,
                     std::span<const std::string_view> words);

}  // namespace gw::apache
