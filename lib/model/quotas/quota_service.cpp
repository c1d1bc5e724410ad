#include "model/quotas/quota_service.hpp"

#include "model/administration/account_attributes.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/contacts/contact_quota.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/shares/guests.hpp"
#include "model/snippets/snippet_service.hpp"
#include "model/tasks/task_account.hpp"

namespace gw::model::quotas {

std::vector<AccountQuota> list_quotas(UnitOfWork& work) {
  const auto limit_of = [&work](std::string_view module, std::int64_t configured) {
    return administration::count_limit(work.connection(), work.context(), module, configured);
  };
  AccountQuota contacts{"contact", "Contacts"};
  contacts.count_limit = limit_of("contact", work.settings().limits.contacts_per_context);
  contacts.count_use = contacts::count_in_context(work.connection(), work.context());
  AccountQuota events{"calendar", "Calendar"};
  events.count_limit = limit_of("calendar", work.settings().limits.events_per_context);
  events.count_use = calendar::count_in_context(work.connection(), work.context());
  AccountQuota tasks{"task", "Tasks"};
  tasks.count_limit = limit_of("task", work.settings().limits.tasks_per_context);
  tasks.count_use = tasks::count_in_context(work.connection(), work.context());
  AccountQuota attachments{"attachment", "Attachments"};
  attachments.count_limit = limit_of("attachment", work.settings().limits.attachments_per_context);
  attachments.count_use = attachments::count_in_context(work.connection(), work.context());
  const shares::Counts counts = shares::count_shares(work);
  AccountQuota guests{"invite_guests", "Invite guests"};
  guests.count_limit = shares::guest_limit(work.connection(), work.context(), false);
  guests.count_use = counts.guests;
  AccountQuota links{"share_links", "Share links"};
  links.count_limit = shares::guest_limit(work.connection(), work.context(), true);
  links.count_use = counts.links;
  AccountQuota signatures{"snippet", "Snippets"};
  signatures.count_limit = snippets::kMaxSnippets;
  signatures.count_use = snippets::count_own(work);
  return {contacts, events, tasks, attachments, file_quota(work), guests, links, signatures};
}

AccountQuota file_quota(UnitOfWork& work) {
  AccountQuota files{"filestorage", "Files"};
  const infostore::Usage usage = infostore::usage_of(work);
  files.byte_limit = usage.byte_limit;
  files.byte_use = usage.byte_use;
  files.count_limit = administration::count_limit(work.connection(), work.context(), "infostore", -1);
  files.count_use = usage.items;
  return files;
}

}  // namespace gw::model::quotas
