#include "model/users/user_directory.hpp"

#include <algorithm>
#include <map>

#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "core/text.hpp"
#include "model/changes.hpp"
#include "model/groups/membership.hpp"
#include "model/marked_cache.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/user_store.hpp"

namespace gw::model::users {
namespace {

constexpr std::size_t kCachedCallers = 10'000;
constexpr std::size_t kCachedFileSettings = 2'048;
constexpr std::size_t kCachedMailUsers = 2'048;

constexpr std::string_view kFileSettings =
    "SELECT file_quota,infostore_folder,infostore_trash FROM users WHERE cid=? AND id=?";
constexpr std::string_view kAccountState =
    "SELECT c.enabled,c.admin,s.account_stamp,s.folder_stamp,s.tombstone_horizon FROM contexts c "
    "JOIN context_sequence s ON s.cid=c.cid WHERE c.cid=?";
constexpr std::string_view kSelectUser =
    "SELECT id,login,enabled,modules,locale,timezone,mail,display_name,contact_id,guest_created_by,password,"
    "calendar_folder,contacts_folder,tasks_folder,infostore_folder,infostore_trash,collected_folder,file_"
    "quota,"
    "created,last_modified,imap_login,expires FROM users WHERE cid=? AND id=?";
constexpr std::string_view kSelectByLogin =
    "SELECT id,login,enabled,modules,locale,timezone,mail,display_name,contact_id,guest_created_by,password,"
    "calendar_folder,contacts_folder,tasks_folder,infostore_folder,infostore_trash,collected_folder,file_"
    "quota,"
    "created,last_modified,imap_login,expires FROM users WHERE cid=? AND login=?";
constexpr std::string_view kSelectInternal =
    "SELECT id,login,enabled,modules,locale,timezone,mail,display_name,contact_id,guest_created_by,password,"
    "calendar_folder,contacts_folder,tasks_folder,infostore_folder,infostore_trash,collected_folder,file_"
    "quota,"
    "created,last_modified,imap_login,expires FROM users WHERE cid=? AND guest_created_by=0 ORDER BY id";
constexpr std::string_view kInternalIds =
    "SELECT id FROM users WHERE cid=? AND guest_created_by=0 ORDER BY id";
constexpr std::string_view kGuestIds = "SELECT id FROM users WHERE cid=? AND guest_created_by<>0 ORDER BY id";
constexpr std::string_view kAliasesOf =
    "SELECT alias FROM user_aliases WHERE cid=? AND user_id=? ORDER BY alias";
constexpr std::string_view kAllAliases =
    "SELECT user_id,alias FROM user_aliases WHERE cid=? ORDER BY user_id,alias";
constexpr std::string_view kTouch = "UPDATE context_sequence SET account_stamp=? WHERE cid=?";

struct KnownCaller {
  Caller caller;
  Millis ends;
};

/// By user. Never freed: exit handlers of forked processes must find nothing to run (craft 2.1).
MarkedCache<KnownCaller>& caller_cache() {
  static auto* const cache = new MarkedCache<KnownCaller>(kCachedCallers);
  return *cache;
}

/// By user.
MarkedCache<FileSettings>& file_settings_cache() {
  static auto* const cache = new MarkedCache<FileSettings>(kCachedFileSettings);
  return *cache;
}

/// By user.
MarkedCache<MailUser>& mail_user_cache() {
  static auto* const cache = new MarkedCache<MailUser>(kCachedMailUsers);
  return *cache;
}

User read_user(const sql::Query& row) {
  User user;
  user.id = row.id<UserId>(0);
  user.login = row.string(1);
  user.enabled = row.integer(2) != 0;
  user.modules.bits = static_cast<std::uint32_t>(row.integer(3));
  user.locale = row.string(4);
  user.timezone = row.string(5);
  user.mail = row.string(6);
  user.display_name = row.string(7);
  user.contact = row.id<ObjectId>(8);
  user.guest_created_by = row.id<UserId>(9);
  user.password_hash = row.optional_string(10);
  user.calendar_folder = row.id<FolderId>(11);
  user.contacts_folder = row.id<FolderId>(12);
  user.tasks_folder = row.id<FolderId>(13);
  user.infostore_folder = row.id<FolderId>(14);
  user.infostore_trash = row.id<FolderId>(15);
  user.collected_folder = row.id<FolderId>(16);
  user.file_quota = row.integer(17);
  user.created = row.millis(18);
  user.last_modified = row.millis(19);
  user.imap_login = row.optional_string(20);
  user.expires = row.millis(21);
  return user;
}

/// Adds the group that is computed, sorts.
void complete_groups(User& user) {
  user.groups.push_back(user.guest_created_by ? kAllGuestsGroup : kAllUsersGroup);
  std::sort(user.groups.begin(), user.groups.end());
  user.groups.erase(std::unique(user.groups.begin(), user.groups.end()), user.groups.end());
}

template <class Argument>
std::optional<User> find_row(sql::Connection& connection, std::string_view statement, ContextId context,
                             const Argument& argument) {
  sql::Query row = connection.query(statement, context, argument);
  if (!row.next()) return std::nullopt;
  return read_user(row);
}

void read_groups(sql::Connection& connection, ContextId context, User& user) {
  user.groups = groups::list_groups_of(connection, context, user.id);
  complete_groups(user);
}

void read_aliases(sql::Connection& connection, ContextId context, User& user) {
  sql::Query row = connection.query(kAliasesOf, context, user.id);
  while (row.next()) user.aliases.push_back(row.string(0));
}

std::optional<User> complete(sql::Connection& connection, ContextId context, std::optional<User> user) {
  if (!user) return user;
  read_aliases(connection, context, *user);
  read_groups(connection, context, *user);
  return user;
}

Caller make_caller(ContextId context, UserId admin, User user) {
  Caller caller;
  caller.context = context;
  caller.user = user.id;
  caller.groups = std::move(user.groups);
  caller.modules = user.modules;
  caller.is_context_admin = user.id == admin;
  caller.is_guest = static_cast<bool>(user.guest_created_by);
  caller.login_name = std::move(user.login);
  caller.display_name = std::move(user.display_name);
  if (!user.locale.empty()) caller.locale = std::move(user.locale);
  caller.timezone = TimeZone::find(user.timezone).value_or(TimeZone::utc());
  return caller;
}

}  // namespace

std::optional<Caller> load_caller(sql::Connection& connection, ContextId context, UserId user,
                                  AccountState* state) {
  UserId admin;
  Marks marks;
  Millis horizon;
  {
    sql::Query row = connection.query(kAccountState, context);
    if (!row.next()) return std::nullopt;
    const bool is_locked = row.integer(0) == 0;
    admin = row.id<UserId>(1);
    marks = {row.integer(2), row.integer(3)};
    horizon = row.millis(4);
    if (state != nullptr) *state = {is_locked, marks.accounts, {}};
    if (is_locked) return std::nullopt;
  }
  const CacheKey key{context, user.value};
  const Marks accounts{marks.accounts, 0};
  if (const auto known = caller_cache().find(key, accounts)) {
    if (state != nullptr) state->ends = known->ends;
    std::optional<Caller> caller = known->caller;
    caller->marks = marks;
    caller->horizon = horizon;
    return caller;
  }
  auto found = find_row(connection, kSelectUser, context, user);
  if (!found || !found->enabled) return std::nullopt;
  const Millis ends = found->expires;
  if (state != nullptr) state->ends = ends;
  read_groups(connection, context, *found);
  Caller caller = make_caller(context, admin, std::move(*found));
  caller.horizon = horizon;
  // What a transaction sees may still be rolled back; 0 belongs to a context whose accounts were never
  // touched.
  if (marks.accounts == 0 || connection.in_transaction()) return caller;
  caller_cache().store(key, accounts, {caller, ends});
  caller.marks = marks;
  return caller;
}

std::optional<User> find_by_login(sql::Connection& connection, ContextId context, std::string_view login) {
  const std::string wanted = to_lower_ascii(trim(login));
  return complete(connection, context, find_row(connection, kSelectByLogin, context, wanted));
}

std::optional<User> find_user(sql::Connection& connection, ContextId context, UserId user) {
  return complete(connection, context, find_row(connection, kSelectUser, context, user));
}

std::optional<UserId> find_by_address(sql::Connection& connection, ContextId context,
                                      std::string_view address) {
  return find_alias_owner(connection, context, address, {});
}

User load_user(sql::Connection& connection, ContextId context, UserId user) {
  auto found = find_user(connection, context, user);
  if (!found) throw ApiError(errors::usr::kNotFound, {std::to_string(user.value)});
  return std::move(*found);
}

std::shared_ptr<const MailUser> load_mail_user(sql::Connection& connection, ContextId context, UserId user,
                                               const Marks& marks) {
  const CacheKey key{context, user.value};
  const Marks accounts{marks.accounts, 0};
  if (accounts.accounts != 0)
    if (auto known = mail_user_cache().find(key, accounts)) return known;
  auto found = find_row(connection, kSelectUser, context, user);
  if (!found) throw ApiError(errors::usr::kNotFound, {std::to_string(user.value)});
  read_aliases(connection, context, *found);
  auto made = std::make_shared<const MailUser>(std::move(*found));
  if (accounts.accounts != 0) mail_user_cache().store(key, accounts, *made);
  return made;
}

std::optional<FileSettings> find_file_settings(sql::Connection& connection, ContextId context, UserId user,
                                               const Marks& marks) {
  const CacheKey key{context, user.value};
  const Marks accounts{marks.accounts, 0};
  if (accounts.accounts != 0)
    if (const auto known = file_settings_cache().find(key, accounts)) return *known;
  sql::Query row = connection.query(kFileSettings, context, user);
  if (!row.next()) return std::nullopt;
  const FileSettings found{row.integer(0), row.id<FolderId>(1), row.id<FolderId>(2)};
  if (accounts.accounts != 0) file_settings_cache().store(key, accounts, found);
  return found;
}

std::vector<User> list_users(sql::Connection& connection, ContextId context) {
  std::vector<User> users;
  std::map<UserId, std::size_t> places;
  {
    sql::Query row = connection.query(kSelectInternal, context);
    while (row.next()) {
      users.push_back(read_user(row));
      places.emplace(users.back().id, users.size() - 1);
    }
  }
  {
    sql::Query row = connection.query(kAllAliases, context);
    while (row.next())
      if (const auto place = places.find(row.id<UserId>(0)); place != places.end())
        users[place->second].aliases.push_back(row.string(1));
  }
  for (const auto& [user, group] : groups::list_memberships(connection, context))
    if (const auto place = places.find(user); place != places.end())
      users[place->second].groups.push_back(group);
  for (User& user : users) complete_groups(user);
  return users;
}

namespace {

std::vector<UserId> list_ids(sql::Connection& connection, std::string_view statement, ContextId context) {
  std::vector<UserId> ids;
  sql::Query row = connection.query(statement, context);
  while (row.next()) ids.push_back(row.id<UserId>(0));
  return ids;
}

}  // namespace

std::vector<UserId> list_internal_ids(sql::Connection& connection, ContextId context) {
  return list_ids(connection, kInternalIds, context);
}

std::vector<UserId> list_guest_ids(sql::Connection& connection, ContextId context) {
  return list_ids(connection, kGuestIds, context);
}

void touch_accounts(Transaction& transaction, ContextId context, Millis stamp) {
  const std::int64_t mark = new_mark(stamp);
  transaction.note_account_change(mark);
  transaction.connection().enqueue(kTouch, mark, context);
}

}  // namespace gw::model::users
