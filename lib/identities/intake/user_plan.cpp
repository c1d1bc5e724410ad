#include "identities/intake/user_plan.hpp"

#include <algorithm>
#include <set>

#include "identities/intake/purge.hpp"
#include "model/users/user_directory.hpp"

namespace gw::identities::intake {
namespace {

using model::bindings::Binding;
using model::bindings::State;

class UserPlanning {
 public:
  UserPlanning(PlanInput input, Report& report) : input_(std::move(input)), report_(report) {
    for (model::users::User& user :
         model::users::list_users(input_.work.connection(), input_.work.context())) {
      id_of_login_.emplace(user.login, user.id);
      login_of_id_.emplace(user.id, std::move(user.login));
    }
    for (const auto& [uuid, binding] : input_.known) {
      bound_ids_.insert(binding.object);
      if (binding.state == State::Present) ++plan_.active;
    }
  }

  UserPlan run() {
    std::set<std::string, std::less<>> seen;
    for (Listed& listed : input_.listed) {
      seen.insert(listed.uuid);
      const auto known = input_.known.find(listed.uuid);
      if (!listed.entry) {
        // Only what is known stands here without its values.
        remember(listed.uuid, listed.dn, login_of_id_[UserId(known->second.object)]);
        continue;
      }
      const directory::Entry entry = std::move(*listed.entry);
      listed.entry.reset();
      MappedUser mapped = map_user(input_.directory, entry);
      if (!mapped.problem.empty()) {
        report_.note_failure(Kind::User, mapped.dn, mapped.problem);
        // Somebody whose entry is not good is still there.
        if (known != input_.known.end())
          remember(listed.uuid, listed.dn, login_of_id_[UserId(known->second.object)]);
        continue;
      }
      if (known == input_.known.end())
        plan_new(std::move(mapped), entry);
      else
        plan_known(known->second, std::move(mapped));
    }
    for (const auto& [uuid, binding] : input_.known)
      if (!seen.contains(uuid)) plan_missing(binding);
    return std::move(plan_);
  }

 private:
  void remember(const std::string& uuid, const std::string& dn, const std::string& login) {
    plan_.login_of_uuid[uuid] = login;
    plan_.uuid_of_dn[dn] = uuid;
  }

  UserStep& add(Action action, MappedUser mapped, Binding binding) {
    UserStep step;
    step.difference.action = action;
    step.difference.name = mapped.login;
    step.difference.dn = mapped.dn;
    step.binding = std::move(binding);
    if (action != Action::Create) {
      step.mapped = std::make_unique<MappedUser>(std::move(mapped));
      step.changes = std::make_unique<UserDifference>();
    }
    return plan_.steps.emplace_back(std::move(step));
  }

  void plan_new(MappedUser mapped, const directory::Entry& entry) {
    if (mapped.is_disabled) {
      report_.note_skipped(Kind::User, mapped.dn, {});
      return;
    }
    if (!new_logins_.insert(mapped.login).second) {
      report_.note_failure(Kind::User, mapped.dn, "another entry has the login " + mapped.login);
      return;
    }
    const auto same_name = id_of_login_.find(mapped.login);
    if (same_name == id_of_login_.end()) {
      remember(mapped.uuid, mapped.dn, mapped.login);
      Binding binding = binding_of(mapped, {});
      add(Action::Create, std::move(mapped), std::move(binding)).entry = entry;
      return;
    }
    const bool may_adopt = input_.directory.settings().import.adopts && same_name->second != input_.admin &&
                           !bound_ids_.contains(same_name->second.value);
    if (!may_adopt) {
      report_.note_skipped(Kind::User, mapped.dn, "a user with the login " + mapped.login + " was made here");
      return;
    }
    remember(mapped.uuid, mapped.dn, mapped.login);
    Binding binding = binding_of(mapped, same_name->second);
    UserDifference changes = difference_of(same_name->second, mapped);
    UserStep& step = add(Action::Change, std::move(mapped), std::move(binding));
    step.difference.fields = changes.fields;
    *step.changes = std::move(changes);
  }

  UserDifference difference_of(UserId user, const MappedUser& mapped) {
    return compare_stored(input_.work.connection(), input_.work.context(), user, mapped);
  }

  void plan_known(const Binding& known, MappedUser mapped) {
    const UserId user(known.object);
    remember(mapped.uuid, mapped.dn, login_of_id_[user]);
    const State wanted = mapped.is_disabled ? State::Disabled : State::Present;
    Binding binding = binding_of(mapped, user);
    binding.state = wanted;
    binding.since = wanted == known.state ? known.since : input_.work.now();
    UserDifference changes = difference_of(user, mapped);
    Action action = Action::Change;
    if (wanted == State::Present && known.state != State::Present) {
      action = Action::Restore;
      changes.changes.enabled = true;
    } else if (wanted == State::Disabled && known.state == State::Present) {
      action = Action::Suspend;
      changes.changes.enabled = false;
      ++plan_.suspended;
    } else if (changes.is_empty()) {
      plan_.touched.push_back(std::move(binding));
      return;
    }
    UserStep& step = add(action, std::move(mapped), std::move(binding));
    step.difference.fields = changes.fields;
    *step.changes = std::move(changes);
  }

  void plan_missing(const Binding& known) {
    MappedUser gone;
    gone.login = login_of_id_[UserId(known.object)];
    gone.dn = known.dn;
    if (known.state == State::Gone) {
      const bool is_over = is_purge_due(input_.directory.settings().import, known, input_.work.now());
      if (is_over) add(Action::Purge, std::move(gone), known);
      return;
    }
    Binding binding = known;
    binding.state = State::Gone;
    binding.since = input_.work.now();
    binding.mark.clear();
    if (known.state == State::Present) ++plan_.suspended;
    UserStep& step = add(Action::Suspend, std::move(gone), std::move(binding));
    step.changes->changes.enabled = false;
  }

  PlanInput input_;
  Report& report_;
  UserPlan plan_;
  std::map<std::string, UserId> id_of_login_;
  std::map<UserId, std::string> login_of_id_;
  std::set<std::int64_t> bound_ids_;
  std::set<std::string> new_logins_;
};

}  // namespace

UserPlan plan_users(PlanInput input, Report& report) { return UserPlanning(std::move(input), report).run(); }

}  // namespace gw::identities::intake
