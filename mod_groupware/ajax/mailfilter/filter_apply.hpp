// Runs one rule on the mails that are in a folder already. Source: spec mailfilter section 5, "apply".
#pragma once

#include "ajax/action.hpp"
#include "ajax/mailfilter/asked_filters.hpp"

namespace gw::ajax {

/// The stored rule that the parameter `id` names, whether active or not, or with a body the rule in it, which
/// is not stored; on the mails of `folderId`, without it INBOX. Gives `[{id, result, errors|warnings}]` of
/// the mails that it did something to. Errors: MSG-0087 where the IMAP server does not offer FILTER=SIEVE,
/// MAIL_FILTER-0001, -0009, -0008, -0025.
Response apply_filter(Invocation& invocation);

}  // namespace gw::ajax
