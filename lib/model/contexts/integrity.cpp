#include "model/contexts/integrity.hpp"

#include "model/calendar/calendar_account.hpp"
#include "model/contacts/user_contacts.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/contexts/context_rows.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::contexts {
namespace {

/// Rows without the row they belong to. `count` and `repair` bind the context id as often as they have marks.
struct OrphanCheck {
  std::string_view check;
  std::string_view text;
  std::string_view advice;
  std::string_view count;
  std::string_view repair;  ///< empty: by hand
};

constexpr std::string_view kDeletes = "repair deletes them";

/// In this order: what a repair deletes may leave orphans that a later line deletes.
constexpr OrphanCheck kOrphans[] = {
    {"user-contacts-without-user", "entries of the global address book whose user does not exist",
     "repair deletes them",
     "SELECT COUNT(*) FROM contacts WHERE cid=? AND folder_id=6 AND user_id NOT IN (SELECT id FROM users "
     "WHERE cid=?)",
     "DELETE FROM contacts WHERE cid=? AND folder_id=6 AND user_id NOT IN (SELECT id FROM users WHERE "
     "cid=?)"},
    {"permissions-without-folder", "permissions of folders that do not exist", kDeletes,
     "SELECT COUNT(*) FROM folder_permissions WHERE cid=? AND folder<>0 AND folder NOT IN (SELECT id FROM "
     "folders WHERE cid=?)",
     "DELETE FROM folder_permissions WHERE cid=? AND folder<>0 AND folder NOT IN (SELECT id FROM folders "
     "WHERE cid=?)"},
    {"permissions-without-user", "permissions of users that do not exist", kDeletes,
     "SELECT COUNT(*) FROM folder_permissions WHERE cid=? AND is_group=0 AND entity NOT IN (SELECT id FROM "
     "users WHERE cid=?)",
     "DELETE FROM folder_permissions WHERE cid=? AND is_group=0 AND entity NOT IN (SELECT id FROM users "
     "WHERE cid=?)"},
    {"permissions-without-group", "permissions of groups that do not exist", kDeletes,
     "SELECT COUNT(*) FROM folder_permissions WHERE cid=? AND is_group=1 AND entity NOT IN (0,2147483647) "
     "AND entity NOT IN "
     "(SELECT id FROM user_groups WHERE cid=?)",
     "DELETE FROM folder_permissions WHERE cid=? AND is_group=1 AND entity NOT IN (0,2147483647) AND entity "
     "NOT IN "
     "(SELECT id FROM user_groups WHERE cid=?)"},
    {"members-without-user", "group members that do not exist", kDeletes,
     "SELECT COUNT(*) FROM group_members WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)",
     "DELETE FROM group_members WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)"},
    {"members-without-group", "members of groups that do not exist", kDeletes,
     "SELECT COUNT(*) FROM group_members WHERE cid=? AND group_id NOT IN (SELECT id FROM user_groups WHERE "
     "cid=?)",
     "DELETE FROM group_members WHERE cid=? AND group_id NOT IN (SELECT id FROM user_groups WHERE cid=?)"},
    {"list-members-without-list", "members of distribution lists that do not exist", kDeletes,
     "SELECT COUNT(*) FROM contact_list_members WHERE cid=? AND contact NOT IN (SELECT id FROM contacts "
     "WHERE cid=?)",
     "DELETE FROM contact_list_members WHERE cid=? AND contact NOT IN (SELECT id FROM contacts WHERE cid=?)"},
    {"pictures-without-contact", "pictures of contacts that do not exist", kDeletes,
     "SELECT COUNT(*) FROM contact_images WHERE cid=? AND contact NOT IN (SELECT id FROM contacts WHERE "
     "cid=?)",
     "DELETE FROM contact_images WHERE cid=? AND contact NOT IN (SELECT id FROM contacts WHERE cid=?)"},
    {"addresses-without-contact", "mail addresses of contacts that do not exist", kDeletes,
     "SELECT COUNT(*) FROM contact_addresses WHERE cid=? AND contact NOT IN (SELECT id FROM contacts WHERE "
     "cid=?)",
     "DELETE FROM contact_addresses WHERE cid=? AND contact NOT IN (SELECT id FROM contacts WHERE cid=?)"},
    {"use-counts-without-contact", "use counts of contacts that do not exist", kDeletes,
     "SELECT COUNT(*) FROM contact_use_counts WHERE cid=? AND contact NOT IN (SELECT id FROM contacts WHERE "
     "cid=?)",
     "DELETE FROM contact_use_counts WHERE cid=? AND contact NOT IN (SELECT id FROM contacts WHERE cid=?)"},
    {"attachments-without-contact", "files attached to contacts that do not exist",
     "repair deletes their rows; check --files --repair removes the files",
     "SELECT COUNT(*) FROM attachments WHERE cid=? AND module=7 AND object NOT IN (SELECT id FROM contacts "
     "WHERE cid=?)",
     "DELETE FROM attachments WHERE cid=? AND module=7 AND object NOT IN (SELECT id FROM contacts WHERE "
     "cid=?)"},
    {"aliases-without-user", "mail aliases of users that do not exist", kDeletes,
     "SELECT COUNT(*) FROM user_aliases WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)",
     "DELETE FROM user_aliases WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)"},
    {"shares-without-user", "guests and links whose account does not exist", kDeletes,
     "SELECT COUNT(*) FROM shares WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)",
     "DELETE FROM shares WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)"},
    {"attributes-without-user", "attributes of users that do not exist", kDeletes,
     "SELECT COUNT(*) FROM user_attributes WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)",
     "DELETE FROM user_attributes WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)"},
    {"kept-attributes-without-user", "what administrators kept beside users that do not exist", kDeletes,
     "SELECT COUNT(*) FROM account_attributes WHERE cid=? AND user_id<>0 AND user_id NOT IN (SELECT id FROM "
     "users WHERE cid=?)",
     "DELETE FROM account_attributes WHERE cid=? AND user_id<>0 AND user_id NOT IN (SELECT id FROM users "
     "WHERE "
     "cid=?)"},
    {"versions-without-item", "versions of files that do not exist", kDeletes,
     "SELECT COUNT(*) FROM infostore_versions WHERE cid=? AND item NOT IN (SELECT id FROM infostore_items "
     "WHERE "
     "cid=?)",
     "DELETE FROM infostore_versions WHERE cid=? AND item NOT IN (SELECT id FROM infostore_items WHERE "
     "cid=?)"},
    {"file-permissions-without-item", "permissions of files that do not exist", kDeletes,
     "SELECT COUNT(*) FROM infostore_object_permissions WHERE cid=? AND item NOT IN (SELECT id FROM "
     "infostore_items WHERE cid=?)",
     "DELETE FROM infostore_object_permissions WHERE cid=? AND item NOT IN (SELECT id FROM infostore_items "
     "WHERE "
     "cid=?)"},
    {"file-permissions-without-user", "permissions of files for users that do not exist", kDeletes,
     "SELECT COUNT(*) FROM infostore_object_permissions WHERE cid=? AND is_group=0 AND entity NOT IN (SELECT "
     "id "
     "FROM users WHERE cid=?)",
     "DELETE FROM infostore_object_permissions WHERE cid=? AND is_group=0 AND entity NOT IN (SELECT id FROM "
     "users "
     "WHERE cid=?)"},
    {"files-without-folder", "files in folders that do not exist",
     "look at them with the database's own tools: they may be worth saving",
     "SELECT COUNT(*) FROM infostore_items WHERE cid=? AND folder_id NOT IN (SELECT id FROM folders WHERE "
     "cid=?)",
     ""},
    {"contacts-without-folder", "contacts in folders that do not exist",
     "look at them with the database's own tools: they may be worth saving",
     "SELECT COUNT(*) FROM contacts WHERE cid=? AND folder_id NOT IN (SELECT id FROM folders WHERE cid=?)",
     ""},
    {"attendees-without-event", "attendees of events that do not exist", kDeletes,
     "SELECT COUNT(*) FROM event_attendees WHERE cid=? AND event NOT IN (SELECT id FROM events WHERE cid=?)",
     "DELETE FROM event_attendees WHERE cid=? AND event NOT IN (SELECT id FROM events WHERE cid=?)"},
    {"alarms-without-event", "alarms of events that do not exist", kDeletes,
     // Birthdays are events with the number of their contact.
     "SELECT COUNT(*) FROM event_alarms WHERE cid=? AND NOT EXISTS (SELECT 1 FROM events e WHERE "
     "e.cid=event_alarms.cid AND e.id=event_alarms.event) AND event NOT IN (SELECT id FROM contacts WHERE "
     "cid=?)",
     "DELETE FROM event_alarms WHERE cid=? AND NOT EXISTS (SELECT 1 FROM events e WHERE "
     "e.cid=event_alarms.cid AND e.id=event_alarms.event) AND event NOT IN (SELECT id FROM contacts WHERE "
     "cid=?)"},
    {"calendar-accounts-without-folder", "calendar accounts whose folder does not exist", kDeletes,
     "SELECT COUNT(*) FROM calendar_accounts WHERE cid=? AND folder_id NOT IN (SELECT id FROM folders WHERE "
     "cid=?)",
     "DELETE FROM calendar_accounts WHERE cid=? AND folder_id NOT IN (SELECT id FROM folders WHERE cid=?)"},
    {"feed-items-without-event", "items of feeds whose events do not exist", kDeletes,
     "SELECT COUNT(*) FROM calendar_feed_items WHERE cid=? AND event NOT IN (SELECT id FROM events WHERE "
     "cid=?)",
     "DELETE FROM calendar_feed_items WHERE cid=? AND event NOT IN (SELECT id FROM events WHERE cid=?)"},
    {"triggers-without-alarm", "due times of alarms that do not exist", kDeletes,
     "SELECT COUNT(*) FROM event_triggers WHERE cid=? AND alarm NOT IN (SELECT id FROM event_alarms WHERE "
     "cid=?)",
     "DELETE FROM event_triggers WHERE cid=? AND alarm NOT IN (SELECT id FROM event_alarms WHERE cid=?)"},
    {"originals-without-event", "iCalendar texts of events that do not exist", kDeletes,
     "SELECT COUNT(*) FROM event_originals WHERE cid=? AND event NOT IN (SELECT id FROM events WHERE cid=?)",
     "DELETE FROM event_originals WHERE cid=? AND event NOT IN (SELECT id FROM events WHERE cid=?)"},
    {"attachments-without-event", "files attached to events that do not exist",
     "repair deletes their rows; check --files --repair removes the files",
     "SELECT COUNT(*) FROM attachments WHERE cid=? AND module=1 AND object NOT IN (SELECT id FROM events "
     "WHERE "
     "cid=?)",
     "DELETE FROM attachments WHERE cid=? AND module=1 AND object NOT IN (SELECT id FROM events WHERE "
     "cid=?)"},
    {"events-without-folder", "events in folders that do not exist",
     "look at them with the database's own tools: they may be worth saving",
     "SELECT COUNT(*) FROM events WHERE cid=? AND folder_id<>0 AND folder_id NOT IN (SELECT id FROM folders "
     "WHERE "
     "cid=?)",
     ""},
    {"task-folders-without-task", "places of tasks that do not exist", kDeletes,
     "SELECT COUNT(*) FROM task_folders WHERE cid=? AND task NOT IN (SELECT id FROM tasks WHERE cid=?)",
     "DELETE FROM task_folders WHERE cid=? AND task NOT IN (SELECT id FROM tasks WHERE cid=?)"},
    {"task-participants-without-task", "participants of tasks that do not exist", kDeletes,
     "SELECT COUNT(*) FROM task_participants WHERE cid=? AND task NOT IN (SELECT id FROM tasks WHERE cid=?)",
     "DELETE FROM task_participants WHERE cid=? AND task NOT IN (SELECT id FROM tasks WHERE cid=?)"},
    {"task-users-without-task", "confirmations of tasks that do not exist", kDeletes,
     "SELECT COUNT(*) FROM task_users WHERE cid=? AND task NOT IN (SELECT id FROM tasks WHERE cid=?)",
     "DELETE FROM task_users WHERE cid=? AND task NOT IN (SELECT id FROM tasks WHERE cid=?)"},
    {"task-users-without-user", "confirmations of users that do not exist", kDeletes,
     "SELECT COUNT(*) FROM task_users WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)",
     "DELETE FROM task_users WHERE cid=? AND user_id NOT IN (SELECT id FROM users WHERE cid=?)"},
    {"reminders-without-task", "reminders of tasks that do not exist", kDeletes,
     "SELECT COUNT(*) FROM reminders WHERE cid=? AND module=4 AND target NOT IN (SELECT id FROM tasks WHERE "
     "cid=?)",
     "DELETE FROM reminders WHERE cid=? AND module=4 AND target NOT IN (SELECT id FROM tasks WHERE cid=?)"},
    {"attachments-without-task", "files attached to tasks that do not exist",
     "repair deletes their rows; check --files --repair removes the files",
     "SELECT COUNT(*) FROM attachments WHERE cid=? AND module=4 AND object NOT IN (SELECT id FROM tasks "
     "WHERE "
     "cid=?)",
     "DELETE FROM attachments WHERE cid=? AND module=4 AND object NOT IN (SELECT id FROM tasks WHERE cid=?)"},
    {"tasks-without-folder", "tasks that no folder shows",
     "look at them with the database's own tools: they may be worth saving",
     "SELECT COUNT(*) FROM tasks WHERE cid=? AND id NOT IN (SELECT task FROM task_folders WHERE cid=?)", ""},
    {"task-folders-without-folder", "places of tasks in folders that do not exist",
     "look at them with the database's own tools: they may be worth saving",
     "SELECT COUNT(*) FROM task_folders WHERE cid=? AND folder NOT IN (SELECT id FROM folders WHERE cid=?)",
     ""},
    {"folders-without-parent", "folders below folders that do not exist",
     "give them another parent with the database's own tools",
     "SELECT COUNT(*) FROM folders WHERE cid=? AND parent<>0 AND parent NOT IN (SELECT id FROM folders WHERE "
     "cid=?)",
     ""},
};

constexpr std::string_view kUsersWithoutContact =
    "SELECT id FROM users WHERE cid=? AND guest_created_by=0 AND id NOT IN "
    "(SELECT user_id FROM contacts WHERE cid=? AND folder_id=6)";
constexpr std::string_view kSetContact = "UPDATE users SET contact_id=? WHERE cid=? AND id=?";
constexpr std::string_view kFoldersWithoutAdmin =
    "SELECT id,owner FROM folders WHERE cid=? AND id>=20 AND id NOT IN "
    "(SELECT folder FROM folder_permissions WHERE cid=? AND bits>=268435456)";
constexpr std::string_view kDeletePermission =
    "DELETE FROM folder_permissions WHERE cid=? AND folder=? AND is_group=0 AND entity=?";
constexpr std::string_view kInsertPermission =
    "INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (?,?,0,?,?)";
constexpr std::string_view kUserExists = "SELECT 1 FROM users WHERE cid=? AND id=?";

struct FolderRow {
  FolderId id;
  UserId owner;
};

std::vector<UserId> users_without_contact(sql::Connection& connection, ContextId context) {
  std::vector<UserId> users;
  sql::Query row = connection.query(kUsersWithoutContact, context, context);
  while (row.next()) users.push_back(row.id<UserId>(0));
  return users;
}

std::vector<FolderRow> folders_without_admin(sql::Connection& connection, ContextId context) {
  std::vector<FolderRow> folders;
  sql::Query row = connection.query(kFoldersWithoutAdmin, context, context);
  while (row.next()) folders.push_back({row.id<FolderId>(0), row.id<UserId>(1)});
  return folders;
}

std::int64_t count(sql::Connection& connection, std::string_view statement, ContextId context) {
  sql::Query row = connection.query(statement, context, context);
  return row.next() ? row.integer(0) : 0;
}

std::vector<Finding> find_all(sql::Connection& connection, ContextId context) {
  std::vector<Finding> findings;
  const auto add = [&](Finding finding) {
    if (finding.rows > 0) findings.push_back(finding);
  };
  add({"users-without-contact", "users without an entry in the global address book",
       "repair makes the entries",
       static_cast<std::int64_t>(users_without_contact(connection, context).size())});
  add({"folders-without-admin", "folders that nobody may administer",
       "repair makes the owner administrator, else the context's",
       static_cast<std::int64_t>(folders_without_admin(connection, context).size())});
  add({"events-of-older-zones", "events whose times were indexed with other time zone data",
       "repair computes them anew", calendar::count_outdated(connection, context)});
  for (const OrphanCheck& orphan : kOrphans)
    add({orphan.check, orphan.text, orphan.advice, count(connection, orphan.count, context),
         !orphan.repair.empty()});
  return findings;
}

void make_contact(Transaction& transaction, ContextId context, UserId id) {
  const users::User user = users::load_user(transaction.connection(), context, id);
  contacts::Contact contact;
  contact.folder_id = 6;
  contact.user_id = id.value;
  contact.created_by = id.value;
  contact.modified_by = id.value;
  contact.display_name = user.display_name;
  if (!user.mail.empty()) contact.email1 = user.mail;
  const ObjectId made = contacts::create_user_contact(transaction, context, std::move(contact));
  transaction.connection().execute(kSetContact, made, context, id);
}

void make_administrator(sql::Connection& connection, const Context& context, const FolderRow& folder) {
  const bool owner_lives = folder.owner && connection.query(kUserExists, context.id, folder.owner).next();
  const UserId user = owner_lives ? folder.owner : context.admin;
  connection.execute(kDeletePermission, context.id, folder.id, user);
  connection.execute(kInsertPermission, context.id, folder.id, user, kOwnerBits);
}

}  // namespace

std::vector<Finding> check_context(UnitOfWork& work) {
  std::vector<Finding> findings;
  work.snapshot([&](sql::Connection& connection) { findings = find_all(connection, work.context()); });
  return findings;
}

std::vector<Finding> repair_context(UnitOfWork& work) {
  std::vector<Finding> findings;
  work.write([&](Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    sql::Connection& connection = transaction.connection();
    findings = find_all(connection, work.context());
    if (findings.empty()) return;
    const auto context = find_context(connection, work.context());
    for (const OrphanCheck& orphan : kOrphans)
      if (!orphan.repair.empty()) connection.execute(orphan.repair, work.context(), work.context());
    for (const UserId user : users_without_contact(connection, work.context()))
      make_contact(transaction, work.context(), user);
    calendar::renew_times(transaction, work.context());
    for (const FolderRow& folder : folders_without_admin(connection, work.context()))
      make_administrator(connection, *context, folder);
    users::touch_accounts(transaction, work.context(), stamp);
    transaction.note_folder_change();
  });
  return findings;
}

std::vector<Finding> check_orphaned_contexts(sql::Scope& database, bool repair) {
  std::vector<Finding> findings;
  database.write([&](sql::Connection& connection) {
    findings.clear();
    for (const AccountTable& table : account_tables()) {
      if (table.name == "contexts") continue;
      const std::string condition = std::string(table.name) + " WHERE cid NOT IN (SELECT cid FROM contexts)";
      std::int64_t rows = 0;
      {
        sql::Query row = connection.query("SELECT COUNT(*) FROM " + condition);
        if (row.next()) rows = row.integer(0);
      }
      if (rows == 0) continue;
      findings.push_back({table.name, "rows of contexts that do not exist", kDeletes, rows});
      if (repair) connection.execute("DELETE FROM " + condition);
    }
  });
  return findings;
}

}  // namespace gw::model::contexts
