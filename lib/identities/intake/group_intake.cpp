#include "identities/intake/group_intake.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/text.hpp"
#include "directory/values.hpp"
#include "identities/intake/attempt.hpp"
#include "identities/intake/member_names.hpp"
#include "identities/intake/purge.hpp"
#include "model/groups/group_service.hpp"
#include "model/users/user_directory.hpp"

namespace gw::identities::intake {
namespace {

namespace groups = model::groups;
using model::bindings::Binding;
using model::bindings::State;

constexpr Millis kWhateverVersion{INT64_MAX};

struct GroupStep {
  Difference difference;
  Binding binding;
  Json values;
};

/// Only the characters that simple names have.
std::string simple_name(const std::string& name) {
  std::string kept;
  for (const char c : name) {
    const bool is_fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                         std::string_view(" _.@$-").find(c) != std::string_view::npos;
    if (is_fine) kept += c;
  }
  return std::string(trim(kept));
}

class GroupIntake {
 public:
  GroupIntake(const ObjectRun& run, const UserPlan& users, Report& report)
      : run_(run),
        section_(*run.directory.mapping().group),
        members_(run.listed, section_.fields.find("members")->second, users),
        report_(report) {
    for (groups::Group& group : groups::list_groups(run_.work)) {
      id_of_name_.emplace(to_lower_ascii(group.name.value_or("")), group.id);
      stored_.emplace(group.id, std::move(group));
    }
    for (const auto& user : model::users::list_users(run_.work.connection(), run_.work.context())) {
      id_of_login_.emplace(user.login, user.id.value);
      login_of_id_.emplace(user.id.value, user.login);
    }
    run_.work.release();
  }

  bool run() {
    std::set<std::string> seen;
    for (const Listed& listed : run_.listed) {
      seen.insert(listed.uuid);
      if (listed.entry) plan(listed);
    }
    for (const auto& [uuid, binding] : run_.known)
      if (!seen.contains(uuid)) plan_missing(binding);
    if (run_.is_preview) {
      for (GroupStep& step : steps_) report_.differences.push_back(std::move(step.difference));
      return true;
    }
    for (const GroupStep& step : steps_) {
      if (!run_.goes_on()) return false;
      attempt(report_, step.difference, [&] { apply(step); });
    }
    return true;
  }

 private:
  /// nullptr: it is not bound, or was deleted here.
  const groups::Group* stored_of(const std::string& uuid) const {
    const auto binding = run_.known.find(uuid);
    if (binding == run_.known.end()) return nullptr;
    const auto group = stored_.find(binding->second.object);
    return group == stored_.end() ? nullptr : &group->second;
  }

  void plan(const Listed& listed) {
    const std::string name =
        simple_name(directory::read_value(*listed.entry, section_.fields.find("name")->second));
    const auto display = section_.fields.find("display_name");
    std::string shown =
        display == section_.fields.end() ? name : directory::read_value(*listed.entry, display->second);
    if (shown.empty()) shown = name;
    const std::set<std::string> wanted = members_.logins_of(listed.uuid);
    const groups::Group* stored = stored_of(listed.uuid);
    GroupStep step;
    step.difference.kind = Kind::Group;
    step.difference.name = shown;
    step.difference.dn = listed.dn;
    step.binding = {
        Kind::Group, listed.uuid, stored == nullptr ? 0 : stored->id, State::Present, {}, listed.mark,
        {},          listed.dn};
    if (stored == nullptr && !choose_for_new(step, name, stored)) return;
    step.values = to_values(name, shown, wanted);
    compare_group(step, stored, name, shown, wanted);
    const bool was_gone = stored != nullptr && is_gone(listed.uuid);
    if (was_gone) step.difference.action = Action::Restore;
    const bool is_bound = run_.known.contains(listed.uuid);
    if (stored != nullptr && is_bound && !was_gone && step.difference.fields.empty() && has_same_place(step))
      return;
    steps_.push_back(std::move(step));
  }

  [[nodiscard]] bool is_gone(const std::string& uuid) const {
    const auto known = run_.known.find(uuid);
    return known != run_.known.end() && known->second.state == State::Gone;
  }
  [[nodiscard]] bool has_same_place(const GroupStep& step) const {
    return run_.known.find(step.binding.uuid)->second.dn == step.binding.dn;
  }

  /// False: a group of that name was made here, and stays what it is.
  bool choose_for_new(GroupStep& step, const std::string& name, const groups::Group*& stored) {
    const auto same_name = id_of_name_.find(to_lower_ascii(name));
    step.difference.action = Action::Create;
    if (name.empty() || same_name == id_of_name_.end()) return true;
    const bool is_bound = std::any_of(run_.known.begin(), run_.known.end(), [&](const auto& pair) {
      return pair.second.object == same_name->second;
    });
    const bool may_adopt = run_.directory.settings().import.adopts && !is_bound &&
                           GroupId(same_name->second) != kAllUsersGroup &&
                           GroupId(same_name->second) != kStandardGroup;
    if (!may_adopt) {
      report_.note_skipped(Kind::Group, step.difference.dn,
                           "a group with the name " + name + " was made here");
      return false;
    }
    stored = &stored_.at(same_name->second);
    step.binding.object = stored->id;
    step.difference.action = Action::Change;
    return true;
  }

  [[nodiscard]] Json to_values(const std::string& name, const std::string& shown,
                               const std::set<std::string>& logins) const {
    Json members = Json::array();
    for (const std::string& login : logins)
      if (const auto id = id_of_login_.find(login); id != id_of_login_.end())
        members.append(Json::integer(id->second));
    Json values = Json::object();
    if (!name.empty()) values.set("name", Json::string(name));
    return values.set("display_name", Json::string(shown)).set("members", std::move(members));
  }

  /// Of members those are told who leave and who come.
  void compare_group(GroupStep& step, const groups::Group* stored, const std::string& name,
                     const std::string& shown, const std::set<std::string>& wanted) const {
    if (stored != nullptr) step.difference.action = Action::Change;
    const auto text = [&](const char* field, const std::string& before, const std::string& after) {
      if (before != after) step.difference.fields.push_back({field, before, after});
    };
    if (!name.empty()) text("name", stored == nullptr ? "" : stored->name.value_or(""), name);
    text("display_name", stored == nullptr ? "" : stored->display_name.value_or(""), shown);
    std::set<std::string> present;
    if (stored != nullptr)
      for (const std::int64_t id : stored->members)
        if (const auto login = login_of_id_.find(id); login != login_of_id_.end())
          present.insert(login->second);
    std::vector<std::string> leave, come;
    std::set_difference(present.begin(), present.end(), wanted.begin(), wanted.end(),
                        std::back_inserter(leave));
    std::set_difference(wanted.begin(), wanted.end(), present.begin(), present.end(),
                        std::back_inserter(come));
    // Who could not be made is in no group.
    if (!run_.is_preview)
      std::erase_if(come, [&](const std::string& login) { return !id_of_login_.contains(login); });
    text("members", join(leave, " "), join(come, " "));
  }

  void plan_missing(const Binding& known) {
    const auto group = stored_.find(known.object);
    GroupStep step;
    step.difference.kind = Kind::Group;
    step.difference.dn = known.dn;
    step.binding = known;
    if (group != stored_.end()) step.difference.name = group->second.display_name.value_or("");
    if (known.state == State::Gone) {
      const bool is_over = is_purge_due(run_.directory.settings().import, known, run_.work.now());
      if (group != stored_.end() && !is_over) return;
      step.difference.action = Action::Purge;
    } else {
      step.difference.action = Action::Suspend;
      step.binding.state = State::Gone;
      step.binding.since = run_.work.now();
      step.values = Json::object().set("members", Json::array());
    }
    steps_.push_back(std::move(step));
  }

  void apply(const GroupStep& step) {
    model::UnitOfWork& work = run_.work;
    const std::string& directory = run_.directory.settings().name;
    if (step.difference.action == Action::Purge) {
      if (stored_.contains(step.binding.object))
        groups::delete_groups(work, std::array{GroupId(step.binding.object)}, kWhateverVersion);
      work.write([&](model::Transaction& transaction) {
        model::bindings::remove_binding(transaction, work.context(), directory, Kind::Group,
                                        step.binding.uuid);
      });
      return;
    }
    const bool is_new = step.binding.object == 0;
    const groups::GroupInput input = groups::parse_group(step.values, is_new);
    work.write([&](model::Transaction& transaction) {
      Binding binding = step.binding;
      if (is_new)
        binding.object = groups::create_group(transaction, input).id;
      else if (stored_.contains(binding.object))
        groups::update_group(transaction, GroupId(binding.object), input, kWhateverVersion);
      model::bindings::store_binding(transaction, work.context(), directory, binding);
    });
  }

  const ObjectRun& run_;
  const directory::Section& section_;
  const MemberNames members_;
  Report& report_;
  std::map<std::int64_t, groups::Group> stored_;
  std::map<std::string, std::int64_t> id_of_name_, id_of_login_;
  std::map<std::int64_t, std::string> login_of_id_;
  std::vector<GroupStep> steps_;
};

}  // namespace

bool take_groups(const ObjectRun& run, const UserPlan& users, Report& report) {
  return GroupIntake(run, users, report).run();
}

}  // namespace gw::identities::intake
