#include "model/quotas/quota_service.hpp"

#include "model/contacts/contact_quota.hpp"
#include "model/infostore/infostore_account.hpp"

namespace gw::model::quotas {

std::vector<AccountQuota> list_quotas(UnitOfWork& work) {
  AccountQuota contacts{"contact", "Contacts"};
  contacts.count_limit = work.settings().limits.contacts_per_context;
  contacts.count_use = contacts::count_in_context(work.connection(), work.context());
  return {contacts, file_quota(work)};
}

AccountQuota file_quota(UnitOfWork& work) {
  AccountQuota files{"filestorage", "Files"};
  const infostore::Usage usage = infostore::usage_of(work);
  files.byte_limit = usage.byte_limit;
  files.byte_use = usage.byte_use;
  files.count_use = usage.items;
  return files;
}

}  // namespace gw::model::quotas
