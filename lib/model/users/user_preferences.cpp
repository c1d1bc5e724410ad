#include "model/users/user_preferences.hpp"

#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::users {
namespace {

constexpr std::string_view kSetLocale = "UPDATE users SET locale=?, last_modified=? WHERE cid=? AND id=?";
constexpr std::string_view kSetTimezone = "UPDATE users SET timezone=?, last_modified=? WHERE cid=? AND id=?";

constexpr std::string_view kSetCollectedFolder = "UPDATE users SET collected_folder=? WHERE cid=? AND id=?";

void store(Transaction& transaction, UserId user, std::string_view statement, std::string_view value) {
  const Millis stamp = transaction.stamp();
  const ContextId context = transaction.work().context();
  if (transaction.connection().execute(statement, value, stamp, context, user) == 0)
    throw ApiError(errors::usr::kNotFound, {std::to_string(user.value)});
  touch_accounts(transaction, context, stamp);
}

}  // namespace

void change_locale(Transaction& transaction, UserId user, std::string_view locale) {
  const auto normal = normalise_locale(locale);
  if (!normal) throw ApiError(errors::usr::kBadLocale, {std::string(locale)});
  store(transaction, user, kSetLocale, *normal);
}

void change_timezone(Transaction& transaction, UserId user, std::string_view timezone) {
  const auto zone = TimeZone::find(timezone);
  if (!zone) throw ApiError(errors::usr::kBadTimeZone, {std::string(timezone)});
  store(transaction, user, kSetTimezone, zone->name());
}

void set_collected_folder(Transaction& transaction, UserId user, FolderId folder) {
  transaction.connection().execute(kSetCollectedFolder, folder, transaction.work().context(), user);
}

}  // namespace gw::model::users
