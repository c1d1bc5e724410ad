// Who stands behind object permissions. Source: http-api.json InfoItemExtendedPermission.
#include <map>
#include <set>

#include "model/infostore/infostore_service.hpp"
#include "model/shares/guest_json.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::infostore {
namespace {

/// From here on one list of all users costs less than one look-up each.
constexpr std::size_t kManyUsers = 8;

struct Person {
  std::string name;
  std::string mail;
};
using People = std::map<std::int64_t, Person>;

People load_people(UnitOfWork& work, const std::set<std::int64_t>& ids) {
  People people;
  if (ids.size() > kManyUsers) {
    for (const users::User& user : users::list_users(work.connection(), work.context()))
      people.try_emplace(user.id.value, Person{user.display_name, user.mail});
    return people;
  }
  for (const std::int64_t id : ids)
    if (const auto user = users::find_user(work.connection(), work.context(), UserId(id)))
      people.try_emplace(id, Person{user->display_name, user->mail});
  return people;
}

Json extended(const ObjectPermission& entry, const People& people,
              const shares::GuestList::OnTarget& guests) {
  Json out = Json::object();
  out.set("entity", Json::integer(entry.entity));
  out.set("bits", Json::integer(entry.bits));
  out.set("type", Json::string(entry.is_group ? "group" : "user"));
  const auto person = entry.is_group ? people.end() : people.find(entry.entity);
  if (person == people.end()) return out;
  out.set("display_name", Json::string(person->second.name));
  if (!person->second.mail.empty())
    out.set("contact", Json::object().set("email1", Json::string(person->second.mail)));
  guests.add_members(out, UserId(entry.entity));
  return out;
}

}  // namespace

void extend_permissions(UnitOfWork& work, std::vector<Item>& items, std::string_view share_base) {
  std::set<std::int64_t> named;
  for (const Item& item : items)
    for (const ObjectPermission& entry : item.object_permissions)
      if (!entry.is_group) named.insert(entry.entity);
  const People people = load_people(work, named);
  const shares::GuestList guests(work, named, share_base);
  for (Item& item : items) {
    Json list = Json::array();
    const shares::Target target{ObjectModule::Infostore, {}, ObjectId(item.id)};
    for (const ObjectPermission& entry : item.object_permissions)
      list.append(extended(entry, people, guests.on(target, item.shareable)));
    item.extended_permissions = list.dump();
  }
}

}  // namespace gw::model::infostore
