#include "model/contexts/context_rows.hpp"

#include <string>

namespace gw::model::contexts {
namespace {

constexpr AccountTable kTables[] = {
    {"account_attributes", true},
    {"attachments"},
    {"managed_files", true},
    {"composition_attachments", true},
    {"composition_spaces", true},
    {"infostore_locks"},
    {"infostore_object_permissions"},
    {"infostore_properties"},
    {"infostore_versions"},
    {"infostore_items"},
    {"file_moves"},
    {"file_stores"},
    {"file_usage"},
    {"alarm_ledger", true},
    {"app_passwords", true},
    {"available_times", true},
    {"calendar_accounts", true},
    {"calendar_feed_items"},
    {"calendar_properties", true},
    {"contact_addresses"},
    {"contact_images"},
    {"contact_list_members"},
    {"contact_use_counts", true},
    {"contacts"},
    {"directory_objects", true},
    {"directory_runs"},
    {"drive_mail_unsent", true},
    {"event_alarms", true},
    {"event_attendees"},
    {"event_originals"},
    {"event_triggers", true},
    {"events"},
    {"folder_subscriptions", true},
    {"folder_permissions"},
    {"folders"},
    {"group_members", true},
    {"pns_topics", true},
    {"pns_subscriptions", true},
    {"jslobs", true},
    {"known_devices", true},
    {"mail_accounts", true},
    {"private_tombstones", true},
    {"multifactor_attempts", true},
    {"multifactor_codes", true},
    {"multifactor_devices", true},
    {"resource_guards"},
    {"reminders", true},
    {"resources"},
    {"scheduling_inboxes", true},
    {"scheduling_messages", true},
    {"scheduling_outbox", true},
    {"scheduling_taken", true},
    {"session_tokens", true},
    {"sessions", true},
    {"shares", true},
    {"snippet_attachments", true},
    {"snippets", true},
    {"task_folders", true},
    {"task_participants"},
    {"task_users", true},
    {"tasks"},
    {"tombstones"},
    {"user_aliases", true},
    {"user_attributes", true},
    {"user_feedback"},
    {"user_groups"},
    {"user_leases", true},
    {"user_settings", true},
    {"users"},
    {"context_mappings"},
    {"context_sequence"},
    {"contexts"},
};

}  // namespace

std::span<const AccountTable> account_tables() { return kTables; }

void delete_context_rows(sql::Connection& connection, ContextId context) {
  for (const AccountTable& table : kTables)
    connection.execute("DELETE FROM " + std::string(table.name) + " WHERE cid=?", context);
}

void delete_rows_of_user(sql::Connection& connection, ContextId context, UserId user) {
  for (const AccountTable& table : kTables)
    if (table.per_user)
      connection.execute("DELETE FROM " + std::string(table.name) + " WHERE cid=? AND user_id=?", context,
                         user);
}

}  // namespace gw::model::contexts
