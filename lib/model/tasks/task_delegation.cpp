#include "model/tasks/task_delegation.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "model/groups/membership.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::tasks {
namespace {

[[noreturn]] void refuse_participant(std::int64_t id) {
  throw ApiError(errors::tsk::kNoParticipant, {std::to_string(id)});
}

void check_user(sql::Connection& connection, ContextId context, std::int64_t id) {
  const auto user = users::find_user(connection, context, UserId(id));
  if (!user || user->guest_created_by) refuse_participant(id);
}

std::vector<UserId> members_of(sql::Connection& connection, ContextId context, std::int64_t id,
                               bool is_checked) {
  const GroupId group(id);
  if (is_checked && (group == kAllGuestsGroup || !groups::group_exists(connection, context, group)))
    refuse_participant(id);
  auto members = groups::list_members(connection, context, group);
  if (is_checked && members.empty()) throw ApiError(errors::tsk::kEmptyGroup, {std::to_string(id)});
  return members;
}

/// Default task folders, looked up one by one or, for many, all at once.
class DefaultFolders {
 public:
  DefaultFolders(sql::Connection& connection, ContextId context, std::size_t users)
      : connection_(connection), context_(context) {
    constexpr std::size_t kManyUsers = 8;
    if (users <= kManyUsers) return;
    for (const users::User& user : users::list_users(connection, context))
      known_[user.id] = user.tasks_folder;
  }
  /// 0: he has none.
  FolderId of(UserId user) {
    const auto [entry, is_new] = known_.try_emplace(user);
    if (is_new)
      if (const auto account = users::find_user(connection_, context_, user))
        entry->second = account->tasks_folder;
    return entry->second;
  }

 private:
  sql::Connection& connection_;
  ContextId context_;
  std::map<UserId, FolderId> known_;
};

}  // namespace

void expand_participants(sql::Connection& connection, ContextId context, Task& task, const Task& before) {
  std::map<std::int64_t, TaskUser> known;
  for (const TaskUser& user : before.users) known[user.id] = user;
  std::set<std::int64_t> taking_part;
  for (const Participant& one : task.participants) {
    const bool is_new =
        std::find(before.participants.begin(), before.participants.end(), one) == before.participants.end();
    if (one.type == ParticipantType::User) {
      if (is_new) check_user(connection, context, one.id);
      taking_part.insert(one.id);
    } else if (one.type == ParticipantType::Group) {
      for (const UserId member : members_of(connection, context, one.id, is_new)) {
        const auto stored = known.find(member.value);
        const bool stays_away = !is_new && stored != known.end() && stored->second.is_removed;
        if (!stays_away) taking_part.insert(member.value);
      }
    }
  }
  if (taking_part.size() > kMaxUsers)
    throw ApiError(errors::svl::kBadParameter, {"participants", std::to_string(taking_part.size())});
  for (auto& [id, user] : known) user.is_removed = !taking_part.contains(id);
  for (const std::int64_t id : taking_part) known.try_emplace(id, TaskUser{.id = id});
  task.users.clear();
  for (auto& [id, user] : known) task.users.push_back(std::move(user));
}

void remove_participant(Task& task, UserId user) {
  std::erase_if(task.participants, [user](const Participant& one) {
    return one.type == ParticipantType::User && one.id == user.value;
  });
  for (TaskUser& one : task.users)
    if (one.id == user.value) one.is_removed = true;
}

std::vector<Place> places_of(sql::Connection& connection, ContextId context, const Task& task,
                             const Place& home, std::span<const Place> before) {
  std::vector<Place> places{home};
  if (!home.user) return places;
  std::map<UserId, FolderId> shown;
  for (const Place& place : before)
    if (!place.is_home) shown[place.user] = place.folder;
  std::size_t unknown = 0;
  for (const TaskUser& user : task.users) unknown += shown.contains(UserId(user.id)) ? 0 : 1;
  DefaultFolders defaults(connection, context, unknown);
  for (const TaskUser& one : task.users) {
    const UserId user(one.id);
    if (one.is_removed || user == home.user) continue;
    const auto known = shown.find(user);
    const FolderId folder = known != shown.end() ? known->second : defaults.of(user);
    if (folder) places.push_back({user, folder, false});
  }
  return places;
}

}  // namespace gw::model::tasks
