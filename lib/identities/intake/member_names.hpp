// Who is in the groups of a directory: members are names of entries, of users and of other groups, or logins.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "identities/intake/user_plan.hpp"

namespace gw::identities::intake {

/// Logins of the users in each group, by the id of its entry. Groups in groups are resolved, in circles too.
/// `is_by_login`: the members are logins.
class MemberNames {
 public:
  MemberNames(const std::vector<Listed>& groups, const directory::Rule& members, const UserPlan& users);

  [[nodiscard]] std::set<std::string> logins_of(const std::string& uuid) const;

 private:
  void add_members(const std::string& dn, std::set<std::string>& visited,
                   std::set<std::string>& logins) const;

  const UserPlan& users_;
  std::map<std::string, std::string> dn_of_uuid_;
  std::map<std::string, std::vector<std::string>> members_of_dn_;
  std::set<std::string> logins_;
  bool is_by_login_ = false;
};

}  // namespace gw::identities::intake
