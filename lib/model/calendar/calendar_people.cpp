#include "model/calendar/calendar_people.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "model/groups/group_service.hpp"
#include "model/groups/membership.hpp"
#include "model/resources/resource_service.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/named_users.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::calendar {

bool is_same_user(const CalendarUser& a, const CalendarUser& b) {
  if (a.entity != 0 || b.entity != 0) return a.entity == b.entity;
  const std::string left = address_of_uri(a.uri), right = address_of_uri(b.uri);
  if (left.empty() || right.empty()) return a.uri == b.uri;
  return users::fold_mail_address(left) == users::fold_mail_address(right);
}

void People::learn(std::span<const UserId> users) {
  std::vector<UserId> unknown;
  for (const UserId user : users)
    if (users_.try_emplace(user).second) unknown.push_back(user);
  for (users::NamedUser& user : users::list_named(work_.connection(), work_.context(), unknown)) {
    Person person;
    person.address.entity = user.id.value;
    person.address.cn = std::move(user.display_name);
    person.address.uri = mail_uri(user.mail);
    person.address.email = std::move(user.mail);
    person.calendar = user.calendar;
    person.zone = TimeZone::find(user.timezone).value_or(TimeZone::utc());
    users_[user.id] = std::move(person);
  }
}

const Person* People::find_user(UserId user) {
  learn({&user, 1});
  const std::optional<Person>& known = users_.at(user);
  return known ? &*known : nullptr;
}

const Person& People::load_user(UserId user) {
  const Person* person = find_user(user);
  if (person == nullptr) throw ApiError(errors::cal::kBadCalendarUser, {std::to_string(user.value)});
  return *person;
}

const Bookable* People::find_resource(ResourceId resource) {
  auto known = resources_.find(resource);
  if (known == resources_.end()) {
    std::optional<Bookable> bookable;
    const auto found = resources::list_resources(work_, std::span(&resource, 1));
    if (!found.empty()) {
      bookable.emplace();
      bookable->address.entity = resource.value;
      bookable->address.cn = found.front().display_name.value_or(found.front().name.value_or(""));
      bookable->address.email = found.front().mail.value_or("");
      bookable->address.uri = bookable->address.email.empty()
                                  ? entity_uri(work_.context(), CuType::Resource, resource.value)
                                  : mail_uri(bookable->address.email);
      bookable->is_available = found.front().available;
    }
    known = resources_.emplace(resource, std::move(bookable)).first;
  }
  return known->second ? &*known->second : nullptr;
}

const std::optional<CalendarUser>& People::find_group(GroupId group) {
  const auto known = groups_.find(group);
  if (known != groups_.end()) return known->second;
  std::optional<CalendarUser> address;
  try {
    const groups::Group found = groups::load_group(work_, group);
    address.emplace();
    address->cn = found.display_name.value_or(found.name.value_or(""));
    address->entity = group.value;
    // Everybody (group 0) is known by having no URI: an entity 0 with one is somebody outside.
    if (group != kAllUsersGroup) address->uri = entity_uri(work_.context(), CuType::Group, group.value);
  } catch (const ApiError& unknown) {
    if (!(unknown.code() == errors::grp::kNotFound)) throw;
  }
  return groups_.emplace(group, std::move(address)).first->second;
}

const std::vector<UserId>& People::members_of(GroupId group) {
  const auto known = members_.find(group);
  if (known != members_.end()) return known->second;
  std::vector<UserId> members = groups::list_members(work_.connection(), work_.context(), group);
  learn(members);
  std::erase_if(members, [&](UserId user) { return find_user(user) == nullptr; });
  return members_.emplace(group, std::move(members)).first->second;
}

std::optional<UserId> People::user_with(std::string_view address) {
  const std::string folded = users::fold_mail_address(address);
  const auto known = addresses_.find(folded);
  if (known != addresses_.end()) return known->second;
  auto found = users::find_by_address(work_.connection(), work_.context(), folded);
  if (found && find_user(*found) == nullptr) found.reset();
  return addresses_.emplace(folded, found).first->second;
}

TimeZone People::zone_of(UserId user) {
  const Person* person = find_user(user);
  return person == nullptr ? TimeZone::utc() : person->zone;
}

}  // namespace gw::model::calendar
