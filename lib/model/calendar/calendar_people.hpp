// Users, groups and resources of a context as calendar addresses, each looked up once. Not who takes part in
// what: attendee_resolution.hpp. Source: spec chronos section 5.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "model/calendar/event_data.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::users {
struct User;
}

namespace gw::model::calendar {

struct Person {
  CalendarUser address;
  FolderId calendar;  ///< his default calendar
  TimeZone zone = TimeZone::utc();
};

struct Bookable {
  CalendarUser address;
  bool is_available = true;
};

/// Threads: one. Lives as long as a transaction.
class People {
 public:
  explicit People(UnitOfWork& work) : work_(work) {}
  [[nodiscard]] ContextId context() const { return work_.context(); }

  /// nullptr: no internal user. Valid while this lives. Cost: one query at first use of each who was not
  /// learned.
  const Person* find_user(UserId user);
  /// All of them by one query.
  void learn(std::span<const UserId> users);
  /// Errors: CAL-4034.
  const Person& load_user(UserId user);
  const Bookable* find_resource(ResourceId resource);
  /// Empty: no such group.
  const std::optional<CalendarUser>& find_group(GroupId group);
  /// Internal members, ascending.
  const std::vector<UserId>& members_of(GroupId group);
  /// The internal user with this mail address. Empty: nobody.
  std::optional<UserId> user_with(std::string_view address);
  /// The user's zone, UTC for nobody.
  TimeZone zone_of(UserId user);

 private:
  UnitOfWork& work_;
  std::map<UserId, std::optional<Person>> users_;
  std::map<GroupId, std::optional<CalendarUser>> groups_;
  std::map<GroupId, std::vector<UserId>> members_;
  std::map<ResourceId, std::optional<Bookable>> resources_;
  std::map<std::string, std::optional<UserId>, std::less<>> addresses_;
};

/// `mailto:` and the address; a domain with other letters than ASCII is percent-encoded.
std::string mail_uri(std::string_view address);
/// The address behind `mailto:`, decoded; empty when it is no such URI. The scheme counts in any case.
std::string address_of_uri(std::string_view uri);
/// Names a group or a resource without mail address: `urn:uuid:` with kind, context and number in it.
std::string entity_uri(ContextId context, CuType type, std::int64_t entity);
struct NamedEntity {
  CuType type = CuType::Group;
  std::int64_t entity = 0;
};
/// What entity_uri made for this context. Errors: empty for every other text.
std::optional<NamedEntity> parse_entity_uri(ContextId context, std::string_view uri);
/// Are these the same calendar user? By entity where there is one, else by address.
bool is_same_user(const CalendarUser& a, const CalendarUser& b);

}  // namespace gw::model::calendar
