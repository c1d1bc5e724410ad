// Who the numbers in events stand for, asked once per answer: names and addresses of users, and the objects
// that `extendedEntities` puts into attendees. Source: spec chronos sections 3 and 5.
#pragma once

#include <map>

#include "ajax/action.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::ajax {

/// Threads: one. Cost: a query for each user, group or resource that is new to it.
class EventPeople {
 public:
  explicit EventPeople(Invocation& invocation) : invocation_(invocation) {}

  /// `{entity, cn, email, uri}`; missing for user 0. Of a user who is gone the number alone.
  Json user(UserId id);
  /// Sets `contact`, `group` or `resource` of an internal attendee. What the caller may not see is left out.
  void extend(Json& attendee, const model::calendar::Attendee& of);

 private:
  Json contact(UserId id);
  Json group(GroupId id);
  Json resource(ResourceId id);

  Invocation& invocation_;
  std::map<UserId, Json> users_, contacts_;
  std::map<GroupId, Json> groups_;
  std::map<ResourceId, Json> resources_;
};

}  // namespace gw::ajax
