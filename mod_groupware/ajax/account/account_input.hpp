// Mail accounts as clients send them. Source: spec mail section 13, `new`, `update` and `validate`.
#pragma once

#include "ajax/account/account_columns.hpp"

namespace gw::ajax {

/// Puts the members of the body into the record; what is absent or null stays. URLs win over single fields.
/// Errors: SVL-0028 a body that is no object, SVL-0010 members of a wrong kind, MSG-0108 OAuth, those of
/// accounts::set_url.
void apply_account(mailbox::accounts::AccountRecord& record, const Json& body);

/// The same for the primary account: the few members that the user may change. Errors: ACC-0007 for others
/// that differ from what `view` shows.
void apply_primary_account(mailbox::accounts::AccountRecord& record, const Json& body,
                           const AccountView& view);

}  // namespace gw::ajax
