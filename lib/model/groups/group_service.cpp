#include "model/groups/group_service.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "core/errors/account.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/field_json.hpp"
#include "model/folders/folder_setup.hpp"
#include "model/groups/group_store.hpp"
#include "model/groups/membership.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::groups {
namespace {

namespace grp = errors::grp;

constexpr FieldErrors kFieldErrors{grp::kInvalid, grp::kInvalid, grp::kInvalid};
constexpr std::size_t kMaxName = 128;

bool is_protected(GroupId group) {
  return group == kAllUsersGroup || group == kStandardGroup || group == kAllGuestsGroup;
}

/// Source: spec section 11, `[A-Za-z0-9 _.@$-]`.
bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" _.@$-").find(c) != std::string_view::npos;
}

/// Names under which clients show the computed groups: a second one of that name would deceive people.
bool is_reserved(std::string_view name) {
  constexpr std::string_view kReserved[] = {"all users", "guests", "standard group", "users",
                                            "standardgroup"};
  const std::string folded = fold(trim(name));
  return std::find(std::begin(kReserved), std::end(kReserved), folded) != std::end(kReserved);
}

std::vector<std::int64_t> to_numbers(const std::vector<UserId>& users) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(users.size());
  for (const UserId user : users) numbers.push_back(user.value);
  return numbers;
}

void compute_members(sql::Connection& connection, ContextId context, Group& group) {
  if (GroupId(group.id) == kAllUsersGroup)
    group.members = to_numbers(users::list_internal_ids(connection, context));
}

std::vector<Group> load_all(sql::Connection& connection, ContextId context) {
  std::vector<Group> groups = list_stored(connection, context);
  for (Group& group : groups) compute_members(connection, context, group);
  return groups;
}

std::optional<Group> find_group(sql::Connection& connection, ContextId context, GroupId id) {
  if (id == kAllGuestsGroup) {
    Group guests{id.value, "guests", "Guests", to_numbers(users::list_guest_ids(connection, context)),
                 {},       {}};
    return guests;
  }
  auto group = find_stored(connection, context, id);
  if (group) compute_members(connection, context, *group);
  return group;
}

Group load_for_change(sql::Connection& connection, ContextId context, GroupId id, const ErrorCode& protection,
                      Millis known) {
  auto group = find_group(connection, context, id);
  if (!group) throw ApiError(grp::kNotFound, {std::to_string(id.value)});
  if (is_protected(id)) throw ApiError(protection, {group->display_name.value_or("")});
  if (group->last_modified > known) throw ApiError(grp::kChanged);
  return std::move(*group);
}

void check_display_name(const Group& group) {
  if (!group.display_name) throw ApiError(grp::kMandatory, {"display_name"});
  if (is_reserved(*group.display_name)) throw ApiError(grp::kReservedName, {*group.display_name});
}

void check_name(sql::Connection& connection, ContextId context, const Group& group) {
  if (!group.name) throw ApiError(grp::kMandatory, {"name"});
  if (!std::all_of(group.name->begin(), group.name->end(), is_name_character))
    throw ApiError(grp::kBadName, {*group.name});
  if (is_reserved(*group.name)) throw ApiError(grp::kReservedName, {*group.name});
  if (is_name_taken(connection, context, *group.name, GroupId(group.id)))
    throw ApiError(grp::kNameTaken, {*group.name});
}

/// For clients that send a display name only.
std::string make_name(sql::Connection& connection, ContextId context, const std::string& display_name) {
  std::string base;
  for (const char c : display_name)
    if (is_name_character(c)) base += c;
  base = std::string(trim(base.substr(0, kMaxName - 8)));
  if (base.empty()) base = "group";
  std::string name = base;
  for (int number = 2; is_name_taken(connection, context, name, kAllUsersGroup) || is_reserved(name);
       ++number)
    name = base + "_" + std::to_string(number);
  return name;
}

void check_members(sql::Connection& connection, ContextId context, Group& group) {
  std::sort(group.members.begin(), group.members.end());
  group.members.erase(std::unique(group.members.begin(), group.members.end()), group.members.end());
  if (group.members.empty()) return;
  const auto internal = to_numbers(users::list_internal_ids(connection, context));
  const auto guests = to_numbers(users::list_guest_ids(connection, context));
  for (const std::int64_t member : group.members) {
    if (std::binary_search(internal.begin(), internal.end(), member)) continue;
    const bool is_guest = std::binary_search(guests.begin(), guests.end(), member);
    throw ApiError(is_guest ? grp::kGuestMember : grp::kBadMember, {std::to_string(member)});
  }
}

void raise_change(Transaction& transaction, ChangeKind kind, std::int64_t group) {
  Event event;
  event.module = ObjectModule::Group;
  event.kind = kind;
  event.object = ObjectId(group);
  event.tell({}, std::array{kEverybody});
  transaction.raise(std::move(event));
}

void require_right(const UnitOfWork& work, const ErrorCode& refusal) {
  if (!work.caller().modules.has(Module::EditGroup)) throw ApiError(refusal);
}

bool was_sent(const FieldSet& sent, std::string_view name) {
  const int row = find_json(group_fields(), name);
  return row >= 0 && sent.test(static_cast<std::size_t>(row));
}

}  // namespace

Group load_group(UnitOfWork& work, GroupId id) {
  std::optional<Group> group;
  work.snapshot([&](sql::Connection& connection) { group = find_group(connection, work.context(), id); });
  if (!group) throw ApiError(grp::kNotFound, {std::to_string(id.value)});
  return std::move(*group);
}

std::vector<Group> list_groups(UnitOfWork& work) {
  std::vector<Group> groups;
  work.snapshot([&](sql::Connection& connection) { groups = load_all(connection, work.context()); });
  return groups;
}

std::vector<Group> list_groups(UnitOfWork& work, std::span<const GroupId> wanted) {
  std::map<std::int64_t, Group> known;
  for (Group& group : list_groups(work)) known.emplace(group.id, std::move(group));
  std::vector<Group> groups;
  for (const GroupId id : wanted) {
    if (id == kAllGuestsGroup)
      groups.push_back(load_group(work, id));
    else if (const auto place = known.find(id.value); place != known.end())
      groups.push_back(place->second);
  }
  return groups;
}

std::vector<Group> search_groups(UnitOfWork& work, std::string_view pattern) {
  std::vector<Group> groups = list_groups(work);
  std::string wanted = fold(trim(pattern));
  if (wanted.empty() || wanted == "*") return groups;
  if (wanted.find_first_of("*?") == std::string::npos) wanted = "*" + wanted + "*";
  std::erase_if(groups, [&](const Group& group) {
    return !matches_wildcards(fold(group.display_name.value_or("")), wanted);
  });
  return groups;
}

GroupInput parse_group(const Json& data, bool creating) {
  GroupInput input;
  input.sent = parse_object(input.group, data, group_fields(), kFieldErrors, creating);
  return input;
}

Group create_group(Transaction& transaction, const GroupInput& input) {
  const ContextId context = transaction.work().context();
  require_right(transaction.work(), grp::kNoCreate);
  const Millis stamp = transaction.stamp();
  sql::Connection& connection = transaction.connection();
  Group created = input.group;
  created.id = 0;
  check_display_name(created);
  if (!created.name) created.name = make_name(connection, context, *created.display_name);
  check_name(connection, context, created);
  check_members(connection, context, created);
  created.id = transaction.next_id();
  created.created = stamp;
  created.last_modified = stamp;
  insert_group(connection, context, created);
  replace_members(connection, context, created);
  users::touch_accounts(transaction, context, stamp);
  raise_change(transaction, ChangeKind::Created, created.id);
  return created;
}

Group create_group(UnitOfWork& work, const GroupInput& input) {
  require_right(work, grp::kNoCreate);
  Group created;
  work.write([&](Transaction& transaction) { created = create_group(transaction, input); });
  return created;
}

Group update_group(Transaction& transaction, GroupId id, const GroupInput& input, Millis known) {
  const ContextId context = transaction.work().context();
  require_right(transaction.work(), grp::kNoChange);
  const Millis stamp = transaction.stamp();
  sql::Connection& connection = transaction.connection();
  Group changed = load_for_change(connection, context, id, grp::kNotChangeable, known);
  if (was_sent(input.sent, "display_name")) changed.display_name = input.group.display_name;
  if (was_sent(input.sent, "name")) changed.name = input.group.name;
  check_display_name(changed);
  check_name(connection, context, changed);
  changed.last_modified = stamp;
  if (was_sent(input.sent, "members")) {
    changed.members = input.group.members;
    check_members(connection, context, changed);
    replace_members(connection, context, changed);
    users::touch_accounts(transaction, context, stamp);
  }
  update_group(connection, context, changed);
  raise_change(transaction, ChangeKind::Updated, changed.id);
  return changed;
}

Group update_group(UnitOfWork& work, GroupId id, const GroupInput& input, Millis known) {
  require_right(work, grp::kNoChange);
  Group changed;
  work.write([&](Transaction& transaction) { changed = update_group(transaction, id, input, known); });
  return changed;
}

Millis delete_groups(UnitOfWork& work, std::span<const GroupId> groups, Millis known) {
  require_right(work, grp::kNoDelete);
  Millis stamp;
  const ContextId context = work.context();
  work.write([&](Transaction& transaction) {
    stamp = transaction.stamp();
    sql::Connection& connection = transaction.connection();
    for (const GroupId id : groups) {
      load_for_change(connection, context, id, grp::kNotDeletable, known);
      folders::delete_group_permissions(transaction, context, id);
      infostore::delete_group_permissions(transaction, context, id);
      delete_group(connection, context, id);
      write_tombstone(connection, context, ObjectModule::Group, FolderId(0), ObjectId(id.value), stamp);
      raise_change(transaction, ChangeKind::Deleted, id.value);
    }
    users::touch_accounts(transaction, context, stamp);
  });
  return stamp;
}

GroupUpdates list_group_updates(UnitOfWork& work, Millis since) {
  GroupUpdates updates;
  work.snapshot([&](sql::Connection& connection) {
    updates = {};
    updates.timestamp = since;
    if (since.value > 0 && since < tombstone_horizon(connection, work.context()))
      throw ApiError(errors::svl::kBadParameter, {"timestamp", std::to_string(since.value)});
    for (Group& group : load_all(connection, work.context())) {
      if (group.last_modified <= since) continue;
      updates.timestamp = std::max(updates.timestamp, group.last_modified);
      (group.created > since ? updates.created : updates.modified).push_back(std::move(group));
    }
    for (const Tombstone& gone :
         tombstones_since(connection, work.context(), ObjectModule::Group, FolderId(0), since)) {
      updates.timestamp = std::max(updates.timestamp, gone.stamp);
      updates.deleted.emplace_back(gone.object.value);
    }
  });
  return updates;
}

}  // namespace gw::model::groups
