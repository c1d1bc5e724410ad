#include "model/contexts/downgrade.hpp"

#include <algorithm>

#include "model/folders/own_rights.hpp"
#include "model/folders/unreachable_data.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::contexts {
namespace {

constexpr ObjectModule kModules[] = {ObjectModule::Calendar, ObjectModule::Task, ObjectModule::Contact,
                                     ObjectModule::Infostore};

bool has_user(const std::vector<users::User>& all, ObjectModule module) {
  return std::any_of(all.begin(), all.end(),
                     [module](const users::User& user) { return folders::may_use(user.modules, module); });
}

/// Asks again inside the transaction: what was given back meanwhile stays.
std::int64_t drop_of_user(UnitOfWork& work, UserId id, ObjectModule module, bool keeps_shared) {
  std::int64_t dropped = 0;
  work.write([&](Transaction& transaction) {
    dropped = 0;
    transaction.stamp();
    const auto user = users::find_user(transaction.connection(), work.context(), id);
    if (!user || folders::may_use(user->modules, module)) return;
    dropped = folders::drop_unreachable_folders(transaction, id, module, keeps_shared);
  });
  return dropped;
}

std::int64_t drop_public(UnitOfWork& work, ObjectModule module) {
  std::int64_t dropped = 0;
  work.write([&](Transaction& transaction) {
    dropped = 0;
    transaction.stamp();
    if (has_user(users::list_users(transaction.connection(), work.context()), module)) return;
    dropped = folders::drop_unreachable_public_folders(transaction, module);
  });
  return dropped;
}

}  // namespace

std::int64_t drop_unreachable_data(UnitOfWork& work) {
  const std::vector<users::User> all = users::list_users(work.connection(), work.context());
  work.release();
  std::int64_t dropped = 0;
  for (const ObjectModule module : kModules) {
    const bool somebody_has_it = has_user(all, module);
    for (const users::User& user : all)
      if (!folders::may_use(user.modules, module))
        dropped += drop_of_user(work, user.id, module, somebody_has_it);
    if (!somebody_has_it) dropped += drop_public(work, module);
  }
  return dropped;
}

}  // namespace gw::model::contexts
