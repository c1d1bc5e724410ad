#include "mailbox/unified/participants.hpp"

#include "core/errors/mail_account.hpp"
#include "mailbox/accounts/account_service.hpp"

namespace gw::mailbox::unified {

std::vector<std::int64_t> participants(Mailbox& mailbox) {
  std::vector<std::int64_t> ids;
  if (!accounts::may_have_accounts(mailbox.work())) return ids;
  for (const accounts::AccountRecord& each : mailbox.records())
    if (each.is_unified) ids.push_back(each.id);
  return ids;
}

void require_participants(Mailbox& mailbox) {
  if (participants(mailbox).empty()) throw ApiError(errors::acc::kNoUnified);
}

}  // namespace gw::mailbox::unified
