// One user: what his deletion took away comes back. Others may have gone on meanwhile, so what they share
// with him stays as they have it, and only his part of it returns.
#include <algorithm>
#include <set>
#include <vector>

#include "archive/restored_rows.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/users/provisioning_error.hpp"
#include "model/users/user_directory.hpp"
#include "sql/dialect.hpp"

namespace gw::archive {
namespace {

using model::ProvisioningError;

constexpr std::string_view kAliasesToCome = "SELECT alias FROM user_aliases WHERE cid=? AND user_id=?";
constexpr std::string_view kAliasOwner = "SELECT user_id FROM user_aliases WHERE cid=? AND alias=?";
constexpr std::string_view kHasOwnHome =
    "SELECT 1 FROM task_folders t JOIN folders f ON f.cid=t.cid AND f.id=t.folder WHERE t.cid=? AND t.task=? "
    "AND t.is_home=1";
constexpr std::string_view kRaiseIds = "UPDATE context_sequence SET next_id=? WHERE cid=? AND next_id<?";
constexpr std::string_view kRaiseUserIds =
    "UPDATE context_sequence SET next_user_id=? WHERE cid=? AND next_user_id<?";
constexpr std::string_view kTouchGroups =
    "UPDATE user_groups SET last_modified=? WHERE cid=? AND (id=0 OR id IN (SELECT group_id FROM "
    "group_members WHERE cid=? AND user_id=?))";
constexpr std::string_view kOutsideAttendee =
    "DELETE FROM event_attendees WHERE cid=? AND event=? AND kind=0 AND uri=?";
constexpr std::string_view kLastAttendee =
    "SELECT COALESCE(MAX(position),-1) FROM event_attendees WHERE cid=? AND event=?";
constexpr std::string_view kAttendeeAt =
    "SELECT 1 FROM event_attendees WHERE cid=? AND event=? AND position=?";
constexpr std::string_view kGiveOrganizer =
    "UPDATE events SET organizer_entity=?,stamp=? WHERE cid=? AND id=? AND organizer_entity=0";
constexpr std::string_view kGiveCreator =
    "UPDATE events SET created_by=?,stamp=? WHERE cid=? AND id=? AND created_by=?";

[[noreturn]] void refuse_meeting(const std::string& what) {
  throw ProvisioningError(ProvisioningError::Kind::AlreadyExists, what);
}

/// What of an archive's objects comes back, and what others have. One run of the transaction.
class UserRestore {
 public:
  UserRestore(model::Transaction& transaction, Scratch& scratch, const Manifest& manifest)
      : transaction_(transaction),
        connection_(transaction.connection()),
        scratch_(scratch),
        context_(manifest.context),
        user_(*manifest.user),
        admin_(model::contexts::find_context(connection_, context_)->admin),
        target_(connection_, scratch) {}

  RowCounts run() {
    const Millis stamp = transaction_.stamp();
    check_addresses();
    for (const Content& content : contents())
      if (content.is_object && content.kept == Kept::Always) restore_objects(content, stamp);
    for (const Content& content : contents())
      if (!content.is_object && content.kept == Kept::Always) restore_parts(content);
    for (const auto& [owner, bytes] : target_.file_bytes())
      model::files::add_used_bytes(connection_, context_, owner, bytes);
    connection_.enqueue(kRaiseIds, greatest_id_ + 1, context_, greatest_id_ + 1);
    connection_.enqueue(kRaiseUserIds, greatest_user_ + 1, context_, greatest_user_ + 1);
    connection_.enqueue(kTouchGroups, stamp, context_, context_, user_);
    forget_older_states(transaction_, context_);
    return {target_.rows(), passed_over_};
  }

 private:
  void check_addresses();
  void restore_objects(const Content& content, Millis stamp);
  void restore_parts(const Content& content);
  void give_back(const sql::TableLayout& table, const Row& row, Millis stamp);
  void rejoin(const Content& content, const sql::TableLayout& table, Row row);
  [[nodiscard]] bool comes_back(const Content& content, const sql::TableLayout& table, const Row& row);
  [[nodiscard]] bool may_meet(const Content& content, const sql::TableLayout& table, const Row& row) const;
  [[nodiscard]] bool part_comes_back(const Content& content, const sql::TableLayout& table, const Row& row);
  [[nodiscard]] std::string_view parent_of(const Content& content, const sql::TableLayout& table,
                                           const Row& row) const;
  [[nodiscard]] bool entity_exists(const Content& content, const sql::TableLayout& table, const Row& row);
  bool exists(std::string_view table, std::int64_t id);

  [[nodiscard]] std::int64_t number(const sql::TableLayout& table, const Row& row,
                                    std::string_view column) const {
    return integer_of(row, column_index(table, column));
  }

  model::Transaction& transaction_;
  sql::Connection& connection_;
  Scratch& scratch_;
  const ContextId context_;
  const UserId user_;
  const UserId admin_;
  RowTarget target_;
  /// Numbers of objects that this run brought back, by table.
  std::map<std::string_view, std::set<std::int64_t>> restored_;
  std::map<std::pair<std::string_view, std::int64_t>, bool> known_;
  std::int64_t greatest_id_ = 0;
  std::int64_t greatest_user_ = 0;
  std::int64_t passed_over_ = 0;
};

void UserRestore::check_addresses() {
  std::vector<std::string> aliases;
  {
    sql::Query row = scratch_.connection().query(kAliasesToCome, context_, user_);
    while (row.next()) aliases.push_back(row.string(0));
  }
  for (const std::string& alias : aliases) {
    sql::Query row = connection_.query(kAliasOwner, context_, alias);
    if (row.next())
      refuse_meeting("The address " + alias + " belongs to user " + std::to_string(row.integer(0)) +
                     " now: take it from him first");
  }
}

bool UserRestore::exists(std::string_view table, std::int64_t id) {
  if (const auto restored = restored_.find(table);
      restored != restored_.end() && restored->second.contains(id))
    return true;
  const auto [known, is_new] = known_.try_emplace({table, id}, false);
  if (is_new)
    known->second =
        connection_.query("SELECT 1 FROM " + std::string(table) + " WHERE cid=? AND id=?", context_, id)
            .next();
  return known->second;
}

/// An account or an address book entry of a guest may be there still; of others, an event or a task.
bool UserRestore::may_meet(const Content& content, const sql::TableLayout& table, const Row& row) const {
  if (content.meeting == Meeting::Keep) return true;
  if (content.table == "users") return number(table, row, "id") != user_.value;
  if (content.table != "contacts") return false;
  const std::int64_t of_user = number(table, row, "user_id");
  return of_user != 0 && of_user != user_.value;
}

/// What others deleted meanwhile stays deleted.
bool UserRestore::comes_back(const Content& content, const sql::TableLayout& table, const Row& row) {
  const std::int64_t id = number(table, row, "id");
  if (content.table == "events") {
    const std::int64_t organizer = number(table, row, "organizer_entity");
    return organizer == 0 || organizer == user_.value || number(table, row, "calendar_user") == user_.value ||
           restored_["folders"].contains(number(table, row, "folder_id"));
  }
  if (content.table == "tasks")
    return number(table, row, "created_by") == user_.value ||
           scratch_.connection().query(kHasOwnHome, context_, id).next();
  return true;
}

void UserRestore::restore_objects(const Content& content, Millis stamp) {
  target_.for_each(content, [&](const sql::TableLayout& table, const Row& row) {
    const std::int64_t id = number(table, row, "id");
    if (exists(content.table, id)) {
      if (!may_meet(content, table, row))
        refuse_meeting("Number " + std::to_string(id) + " of " + table.name +
                       " is in use: the user cannot come back beside what took his place");
      if (content.table == "events") give_back(table, row, stamp);
      ++passed_over_;
      return;
    }
    if (!comes_back(content, table, row)) {
      ++passed_over_;
      return;
    }
    known_.erase({content.table, id});
    restored_[content.table].insert(id);
    std::int64_t& greatest = content.table == "users" ? greatest_user_ : greatest_id_;
    greatest = std::max(greatest, id);
    target_.insert(content, table, row, true);
  });
}

/// An event that outlived him: it is his again where it was.
void UserRestore::give_back(const sql::TableLayout& table, const Row& row, Millis stamp) {
  const std::int64_t id = number(table, row, "id");
  if (number(table, row, "organizer_entity") == user_.value)
    connection_.enqueue(kGiveOrganizer, user_, stamp, context_, id);
  if (number(table, row, "created_by") == user_.value)
    connection_.enqueue(kGiveCreator, user_, stamp, context_, id, admin_);
}

/// Files are attached to objects of several tables; alarms of birthdays belong to contacts.
std::string_view UserRestore::parent_of(const Content& content, const sql::TableLayout& table,
                                        const Row& row) const {
  if (content.table == "attachments") {
    const std::int64_t module = number(table, row, "module");
    return module == 7 ? "contacts" : module == 4 ? "tasks" : "events";
  }
  return content.parent;
}

bool UserRestore::entity_exists(const Content& content, const sql::TableLayout& table, const Row& row) {
  if (content.user_column.empty()) return true;
  const std::int64_t entity = number(table, row, content.user_column);
  if (table.find("is_group") == nullptr || number(table, row, "is_group") == 0)
    return entity == 0 || exists("users", entity);
  return GroupId(entity) == kAllUsersGroup || GroupId(entity) == kAllGuestsGroup ||
         exists("user_groups", entity);
}

bool UserRestore::part_comes_back(const Content& content, const sql::TableLayout& table, const Row& row) {
  if (!entity_exists(content, table, row)) return false;
  const std::string_view parent = parent_of(content, table, row);
  const std::int64_t object =
      number(table, row, content.parent_column.empty() ? "object" : content.parent_column);
  if (restored_[parent].contains(object)) return true;
  // His own part of it, or that of a guest who comes back with him.
  if (!content.is_part || !restored_["users"].contains(number(table, row, content.user_column))) return false;
  return exists(parent, object) || (parent == "events" && exists("contacts", object));
}

/// His place among the attendees of an event that others kept: there he became somebody from outside.
void UserRestore::rejoin(const Content& content, const sql::TableLayout& table, Row row) {
  const std::int64_t event = number(table, row, "event");
  const std::size_t position = column_index(table, "position");
  if (const auto* uri = std::get_if<std::string>(&row[column_index(table, "uri")]))
    connection_.execute(kOutsideAttendee, context_, event, *uri);
  if (connection_.query(kAttendeeAt, context_, event, integer_of(row, position)).next()) {
    sql::Query last = connection_.query(kLastAttendee, context_, event);
    row[position] = (last.next() ? last.integer(0) : -1) + 1;
  }
  row[column_index(table, "stamp")] = transaction_.stamp().value;
  target_.insert(content, table, std::move(row), true);
}

void UserRestore::restore_parts(const Content& content) {
  target_.for_each(content, [&](const sql::TableLayout& table, const Row& row) {
    if (part_comes_back(content, table, row)) {
      target_.insert(content, table, row, false);
      return;
    }
    const bool is_own_place = content.table == "event_attendees" && number(table, row, "kind") == 1 &&
                              number(table, row, "entity") == user_.value &&
                              exists("events", number(table, row, "event"));
    if (is_own_place)
      rejoin(content, table, row);
    else
      ++passed_over_;
  });
}

}  // namespace

void check_user_is_free(sql::Connection& connection, const Manifest& manifest) {
  if (!model::contexts::find_context(connection, manifest.context))
    throw ProvisioningError(
        ProvisioningError::Kind::NotFound,
        "Context " + std::to_string(manifest.context.value) + ", where the user belongs, does not exist");
  if (model::users::find_user(connection, manifest.context, *manifest.user))
    refuse_meeting("User " + std::to_string(manifest.user->value) +
                   " is there: delete him first, or take what is missing from the archive by hand");
  if (model::users::find_by_login(connection, manifest.context, manifest.login))
    refuse_meeting("The login \"" + manifest.login + "\" belongs to another user now");
}

RowCounts restore_user_rows(model::Transaction& transaction, Scratch& scratch, const Manifest& manifest) {
  transaction.stamp();
  check_user_is_free(transaction.connection(), manifest);
  return UserRestore(transaction, scratch, manifest).run();
}

}  // namespace gw::archive
