#include "model/quotas/quota_service.hpp"

#include "model/contacts/contact_quota.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::quotas {

std::vector<AccountQuota> list_quotas(UnitOfWork& work) {
  AccountQuota contacts{"contact", "Contacts"};
  contacts.count_limit = work.settings().limits.contacts_per_context;
  contacts.count_use = contacts::count_in_context(work.connection(), work.context());
  return {contacts, file_quota(work)};
}

AccountQuota file_quota(UnitOfWork& work) {
  AccountQuota files{"filestorage", "Files"};
  files.byte_limit = users::load_user(work.connection(), work.context(), work.caller().user).file_quota;
  return files;
}

}  // namespace gw::model::quotas
