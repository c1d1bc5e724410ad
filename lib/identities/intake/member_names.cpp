#include "identities/intake/member_names.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "directory/dn.hpp"
#include "directory/values.hpp"

namespace gw::identities::intake {

MemberNames::MemberNames(const std::vector<Listed>& groups, const directory::Rule& members,
                         const UserPlan& users)
    : users_(users),
      is_by_login_(std::any_of(members.begin(), members.end(), [](const directory::Source& source) {
        return source.kind == directory::Source::Kind::Login;
      })) {
  for (const auto& [uuid, login] : users.login_of_uuid) logins_.insert(login);
  for (const Listed& group : groups) {
    if (!group.entry) continue;
    dn_of_uuid_[group.uuid] = group.dn;
    std::vector<std::string>& names = members_of_dn_[group.dn];
    for (const std::string& member : directory::read_values(*group.entry, members))
      names.push_back(is_by_login_ ? to_lower_ascii(member) : directory::normalise_dn(member));
  }
}

std::set<std::string> MemberNames::logins_of(const std::string& uuid) const {
  std::set<std::string> logins, visited;
  if (const auto dn = dn_of_uuid_.find(uuid); dn != dn_of_uuid_.end())
    add_members(dn->second, visited, logins);
  return logins;
}

void MemberNames::add_members(const std::string& dn, std::set<std::string>& visited,
                              std::set<std::string>& logins) const {
  std::vector<std::string> open{dn};
  while (!open.empty()) {
    const std::string group = std::move(open.back());
    open.pop_back();
    const auto members = members_of_dn_.find(group);
    if (members == members_of_dn_.end() || !visited.insert(group).second) continue;
    for (const std::string& member : members->second) {
      if (is_by_login_) {
        if (logins_.contains(member)) logins.insert(member);
      } else if (const auto user = users_.uuid_of_dn.find(member); user != users_.uuid_of_dn.end()) {
        logins.insert(users_.login_of_uuid.at(user->second));
      } else {
        open.push_back(member);
      }
    }
  }
}

}  // namespace gw::identities::intake
