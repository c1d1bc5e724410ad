// Who takes part: from what clients send to what is stored. Users, groups with their members, resources, mail
// addresses. Source: spec chronos section 5, calendar section 3.
#pragma once

#include <vector>

#include "model/calendar/calendar_people.hpp"
#include "model/calendar/event_data.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::model::calendar {

/// The same user, group, resource or address.
bool is_same_attendee(const Attendee& a, const Attendee& b);
/// Numbers of users, groups and resources are numbers of their own: a room is nobody.
bool stands_for(const Attendee& attendee, const CalendarUser& user);
bool is_internal_user(const Attendee& attendee);
bool is_resource(const Attendee& attendee);
bool is_group(const Attendee& attendee);

/// Whose calendar an event goes to, and through which folder.
struct Place {
  FolderId folder;
  bool is_public = false;
  UserId calendar_user;  ///< the folder's owner; in public folders who writes
  UserId actor;
};
Place place_of(const folders::FolderAccess& folder, const Caller& caller);

/// The owner of the folder, with the actor as sent-by where that is somebody else; in public folders the
/// actor.
CalendarUser organizer_in(const Place& place, People& people);

/// How far addresses are believed to be ours.
enum class Reach {
  Everybody,         ///< every address of an internal user stands for him
  CalendarUserOnly,  ///< copies of events that somebody outside organizes
};

struct ResolveOptions {
  Reach reach = Reach::Everybody;
  bool checks_addresses = true;  ///< of outsiders; CAL-4034
};

/// The attendees as they are stored: entities, names and URIs filled in, groups with their members, each
/// once; the calendar user is among them, accepted. Part stats of internal users are not believed, `stored`
/// tells them. Errors: CAL-4034, 5073. Cost: a few queries for each new user, group and resource.
std::vector<Attendee> resolve_attendees(People& people, const std::vector<Attendee>& sent,
                                        const std::vector<Attendee>& stored, const Place& place,
                                        const ResolveOptions& options);
/// His line when nobody else is named.
Attendee calendar_user_line(People& people, const Place& place);

/// Who came, who went, whose part changed.
struct AttendeeChange {
  std::vector<Attendee> added, removed;
  bool is_any = false;  ///< also roles, names, order apart
};
AttendeeChange compare_attendees(const std::vector<Attendee>& before, const std::vector<Attendee>& after);

}  // namespace gw::model::calendar
