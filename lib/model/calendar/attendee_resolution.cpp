#include "model/calendar/attendee_resolution.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_store.hpp"
#include "model/users/account_rules.hpp"

namespace gw::model::calendar {
namespace {

void name_as(Attendee& attendee, const CalendarUser& known) {
  attendee.entity = known.entity;
  attendee.uri = known.uri;
  attendee.email = known.email;
  attendee.cn = known.cn;
}

[[noreturn]] void refuse_user(const Attendee& attendee) {
  std::string name = attendee.uri.empty() ? attendee.email : attendee.uri;
  if (name.empty()) name = std::to_string(attendee.entity);
  throw ApiError(errors::cal::kBadCalendarUser, {std::move(name)});
}

/// One run of resolve_attendees: the list grows, each calendar user once.
class Gathering {
 public:
  Gathering(People& people, const std::vector<Attendee>& stored, const Place& place,
            const ResolveOptions& options)
      : people_(people), stored_(stored), place_(place), options_(options) {}

  void add(const Attendee& sent);
  void add_members();
  void add_calendar_user();
  [[nodiscard]] std::vector<Attendee> take() { return std::move(list_); }

 private:
  void add_user(Attendee attendee, UserId user);
  void add_group(Attendee attendee, std::int64_t group);
  void add_resource(Attendee attendee, std::int64_t resource);
  void add_address(Attendee attendee);
  Attendee* find(const Attendee& wanted);
  [[nodiscard]] const Attendee* find_stored(const Attendee& wanted) const;
  void keep_answer(Attendee& attendee) const;
  bool is_through(const std::string& uri, UserId user);
  void drop_former_members();
  void append(Attendee attendee);

  People& people_;
  const std::vector<Attendee>& stored_;
  const Place& place_;
  const ResolveOptions& options_;
  std::vector<Attendee> list_;
};

Attendee* Gathering::find(const Attendee& wanted) {
  const auto found = std::find_if(list_.begin(), list_.end(),
                                  [&](const Attendee& each) { return is_same_attendee(each, wanted); });
  return found == list_.end() ? nullptr : &*found;
}

const Attendee* Gathering::find_stored(const Attendee& wanted) const {
  const auto found = std::find_if(stored_.begin(), stored_.end(),
                                  [&](const Attendee& each) { return is_same_attendee(each, wanted); });
  return found == stored_.end() ? nullptr : &*found;
}

/// Nobody answers for somebody else.
void Gathering::keep_answer(Attendee& attendee) const {
  const Attendee* before = find_stored(attendee);
  if (before == nullptr) {
    attendee.is_hidden = false;
    attendee.is_transparent.reset();
    if (!is_internal_user(attendee)) return;
    attendee.part_stat = PartStat::NeedsAction;
    attendee.comment.reset();
    return;
  }
  attendee.part_stat = before->part_stat;
  attendee.comment = before->comment;
  // Clients do not see them and so cannot send them back.
  if (attendee.parameters.empty()) attendee.parameters = before->parameters;
  attendee.is_hidden = before->is_hidden;
  attendee.is_transparent = before->is_transparent;
  attendee.folder = before->folder;
}

void Gathering::append(Attendee attendee) {
  if (list_.size() >= kMostAttendees)
    throw ApiError(errors::cal::kTooManyAttendees, {std::to_string(kMostAttendees)});
  list_.push_back(std::move(attendee));
}

void Gathering::add_user(Attendee attendee, UserId user) {
  const Person* person = people_.find_user(user);
  if (person == nullptr) refuse_user(attendee);
  name_as(attendee, person->address);
  attendee.cu_type = CuType::Individual;
  if (find(attendee) != nullptr) return;
  keep_answer(attendee);
  if (place_.is_public)
    attendee.folder = {};
  else if (!attendee.folder || find_stored(attendee) == nullptr)
    attendee.folder = user == place_.calendar_user ? place_.folder : person->calendar;
  append(std::move(attendee));
}

void Gathering::add_group(Attendee attendee, std::int64_t group) {
  const auto& known = people_.find_group(GroupId(group));
  attendee.cu_type = CuType::Group;
  attendee.entity = group;
  if (known) {
    name_as(attendee, *known);
  } else {
    // A group that was deleted since then stays as a name.
    const Attendee* before = find_stored(attendee);
    if (before == nullptr) refuse_user(attendee);
    attendee = *before;
  }
  attendee.part_stat = PartStat::Accepted;
  attendee.folder = {};
  attendee.member.clear();
  if (find(attendee) == nullptr) append(std::move(attendee));
}

void Gathering::add_resource(Attendee attendee, std::int64_t resource) {
  const Bookable* bookable = people_.find_resource(ResourceId(resource));
  if (bookable == nullptr) {
    // One that was deleted since then stays as a name.
    const Attendee* before = find_stored(attendee);
    if (before == nullptr) refuse_user(attendee);
    if (find(*before) == nullptr) append(*before);
    return;
  }
  if (attendee.cu_type != CuType::Room) attendee.cu_type = CuType::Resource;
  name_as(attendee, bookable->address);
  if (!bookable->is_available && find_stored(attendee) == nullptr) refuse_user(attendee);
  // Booked or refused with the event itself: whoever stores it has found no conflict.
  attendee.part_stat = PartStat::Accepted;
  attendee.folder = {};
  attendee.is_hidden = false;
  if (find(attendee) == nullptr) append(std::move(attendee));
}

void Gathering::add_address(Attendee attendee) {
  std::string address = address_of_uri(attendee.uri);
  if (address.empty() && attendee.uri.empty()) address = attendee.email;
  const bool is_valid = users::is_mail_address(address);
  if (!is_valid && (options_.checks_addresses || (address.empty() && attendee.uri.empty())))
    refuse_user(attendee);
  if (const auto user = is_valid ? people_.user_with(address) : std::nullopt;
      user && (options_.reach == Reach::Everybody || *user == place_.calendar_user))
    return add_user(std::move(attendee), *user);
  attendee.entity = 0;
  attendee.folder = {};
  if (is_group(attendee) || is_resource(attendee)) attendee.cu_type = CuType::Unknown;
  if (is_valid) {
    attendee.uri = mail_uri(address);
    attendee.email = address;
  }
  if (find(attendee) != nullptr) return;
  keep_answer(attendee);
  append(std::move(attendee));
}

void Gathering::add(const Attendee& sent) {
  const bool is_uri_only = sent.entity == 0 && !sent.uri.empty();
  const auto named = is_uri_only ? parse_entity_uri(people_.context(), sent.uri) : std::nullopt;
  if (named) {
    if (named->type == CuType::Group) return add_group(sent, named->entity);
    return add_resource(sent, named->entity);
  }
  if (sent.cu_type == CuType::Group && (sent.entity != 0 || (sent.uri.empty() && sent.email.empty())))
    return add_group(sent, sent.entity);
  if (sent.entity != 0 && (sent.cu_type == CuType::Resource || sent.cu_type == CuType::Room))
    return add_resource(sent, sent.entity);
  if (sent.entity != 0) return add_user(sent, UserId(sent.entity));
  add_address(sent);
}

void Gathering::add_members() {
  std::vector<Attendee> groups;
  for (const Attendee& attendee : list_)
    if (is_group(attendee) && people_.find_group(GroupId(attendee.entity))) groups.push_back(attendee);
  for (const Attendee& group : groups) {
    const std::string uri = entity_uri(people_.context(), CuType::Group, group.entity);
    for (const UserId user : people_.members_of(GroupId(group.entity))) {
      Attendee member;
      member.entity = user.value;
      if (Attendee* there = find(member)) {
        // Who was invited himself stays when the group goes: he is no member here.
        const bool is_member = !there->member.empty();
        if (is_member && std::find(there->member.begin(), there->member.end(), uri) == there->member.end())
          there->member.push_back(uri);
        continue;
      }
      member.role = group.role;
      member.member = {uri};
      add_user(std::move(member), user);
    }
  }
  drop_former_members();
}

/// Does he still take part through this group?
bool Gathering::is_through(const std::string& uri, UserId user) {
  const auto named = parse_entity_uri(people_.context(), uri);
  if (!named || named->type != CuType::Group) return true;
  Attendee group;
  group.cu_type = CuType::Group;
  group.entity = named->entity;
  if (find(group) == nullptr) return false;
  if (!people_.find_group(GroupId(named->entity))) return true;
  const auto& members = people_.members_of(GroupId(named->entity));
  return std::binary_search(members.begin(), members.end(), user);
}

/// Who took part through groups that are gone, or that he left, takes part no longer.
void Gathering::drop_former_members() {
  std::vector<Attendee> kept;
  for (const Attendee& attendee : list_) {
    Attendee& line = kept.emplace_back(attendee);
    if (line.member.empty()) continue;
    std::erase_if(line.member, [&](const std::string& uri) { return !is_through(uri, UserId(line.entity)); });
    if (line.member.empty() && line.entity != place_.calendar_user.value) kept.pop_back();
  }
  list_ = std::move(kept);
}

void Gathering::add_calendar_user() {
  Attendee line = calendar_user_line(people_, place_);
  if (find(line) != nullptr) return;
  keep_answer(line);
  if (find_stored(line) == nullptr) line.part_stat = PartStat::Accepted;
  append(std::move(line));
  std::rotate(list_.begin(), list_.end() - 1, list_.end());
}

}  // namespace

bool is_internal_user(const Attendee& attendee) { return store::kind_of(attendee) == store::Kind::User; }
bool is_resource(const Attendee& attendee) { return store::kind_of(attendee) == store::Kind::Resource; }
bool is_group(const Attendee& attendee) { return store::kind_of(attendee) == store::Kind::Group; }

bool is_same_attendee(const Attendee& a, const Attendee& b) {
  const store::Kind kind = store::kind_of(a);
  if (kind != store::kind_of(b)) return false;
  return kind == store::Kind::Outside ? is_same_user(a, b) : a.entity == b.entity;
}

bool stands_for(const Attendee& attendee, const CalendarUser& user) {
  const store::Kind kind = store::kind_of(attendee);
  return (kind == store::Kind::User || kind == store::Kind::Outside) && is_same_user(attendee, user);
}

Place place_of(const folders::FolderAccess& folder, const Caller& caller) {
  return {folder.id, is_public_folder(folder), calendar_user_of(folder, caller), caller.user};
}

CalendarUser organizer_in(const Place& place, People& people) {
  CalendarUser organizer = people.load_user(place.calendar_user).address;
  if (place.actor != place.calendar_user) {
    // Guests have no address here.
    if (const Person* actor = people.find_user(place.actor)) {
      organizer.sent_by_uri = actor->address.uri;
      organizer.sent_by_entity = actor->address.entity;
    }
  }
  return organizer;
}

Attendee calendar_user_line(People& people, const Place& place) {
  Attendee line;
  name_as(line, people.load_user(place.calendar_user).address);
  line.part_stat = PartStat::Accepted;
  if (!place.is_public) line.folder = place.folder;
  return line;
}

std::vector<Attendee> resolve_attendees(People& people, const std::vector<Attendee>& sent,
                                        const std::vector<Attendee>& stored, const Place& place,
                                        const ResolveOptions& options) {
  std::vector<UserId> users{place.calendar_user, place.actor};
  for (const Attendee& attendee : sent)
    if (is_internal_user(attendee)) users.emplace_back(attendee.entity);
  people.learn(users);
  Gathering gathering(people, stored, place, options);
  for (const Attendee& attendee : sent) gathering.add(attendee);
  if (options.reach == Reach::Everybody) gathering.add_members();
  gathering.add_calendar_user();
  return gathering.take();
}

AttendeeChange compare_attendees(const std::vector<Attendee>& before, const std::vector<Attendee>& after) {
  AttendeeChange change;
  const auto find_in = [](const std::vector<Attendee>& list, const Attendee& wanted) {
    return std::find_if(list.begin(), list.end(),
                        [&](const Attendee& each) { return is_same_attendee(each, wanted); });
  };
  for (const Attendee& attendee : after) {
    const auto was = find_in(before, attendee);
    if (was == before.end())
      change.added.push_back(attendee);
    else if (!(*was == attendee))
      change.is_any = true;
  }
  for (const Attendee& attendee : before)
    if (find_in(after, attendee) == after.end()) change.removed.push_back(attendee);
  change.is_any = change.is_any || !change.added.empty() || !change.removed.empty();
  return change;
}

}  // namespace gw::model::calendar
