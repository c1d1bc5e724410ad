// account: validate and status, which try servers.
#pragma once

#include "ajax/action.hpp"
#include "mailbox/accounts/account_rules.hpp"

namespace gw::ajax {

Response validate_account(Invocation& invocation);
Response account_status(Invocation& invocation);

void add_warnings(Response& response, const mailbox::accounts::Warnings& warnings);

}  // namespace gw::ajax
