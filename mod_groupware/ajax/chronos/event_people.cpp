#include "ajax/chronos/event_people.hpp"

#include <array>

#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/groups/group_service.hpp"
#include "model/resources/resource_service.hpp"
#include "model/users/user_directory.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
namespace contacts = model::contacts;

/// The contact's columns that an attendee shows: display_name, first_name, last_name, title, image1_url.
constexpr std::array kShownColumns{500, 501, 502, 505, 606};

/// The members of `object` that are in the set of columns.
template <class T>
Json write_columns(const T& object, std::span<const model::Field<T>> table, std::span<const int> columns,
                   const model::WireFormat& format) {
  Json out = Json::object();
  for (const int column : columns) {
    const int index = model::find_column(table, column);
    if (index < 0) continue;
    const auto& field = table[static_cast<std::size_t>(index)];
    Json value = model::write_field(object, field, format);
    if (!value.is_missing()) out.set(field.json.data(), std::move(value));
  }
  return out;
}

}  // namespace

Json EventPeople::user(UserId id) {
  if (!id) return {};
  const auto known = users_.find(id);
  if (known != users_.end()) return known->second;
  Json json = Json::object().set("entity", Json::integer(id.value));
  const auto found = model::users::find_user(invocation_.work.connection(), invocation_.work.context(), id);
  if (found) {
    json.set("cn", Json::string(found->display_name));
    if (!found->mail.empty()) {
      json.set("email", Json::string(found->mail));
      json.set("uri", Json::string("mailto:" + found->mail));
    }
  }
  return users_[id] = std::move(json);
}

Json EventPeople::contact(UserId id) {
  const auto known = contacts_.find(id);
  if (known != contacts_.end()) return known->second;
  Json json;
  try {
    const auto found = contacts::get_user(invocation_.work, id, contacts::fields_of(kShownColumns));
    json = write_columns(found, contacts::contact_fields(), kShownColumns, invocation_.format);
  } catch (const ApiError&) {
    // Without the global address book people are names alone.
  }
  return contacts_[id] = std::move(json);
}

Json EventPeople::group(GroupId id) {
  const auto known = groups_.find(id);
  if (known != groups_.end()) return known->second;
  Json json;
  try {
    const auto found = model::groups::load_group(invocation_.work, id);
    json = model::write_object(found, model::groups::group_fields(), invocation_.format);
  } catch (const ApiError&) {
    // Deleted meanwhile: the attendee stays what it was called.
  }
  return groups_[id] = std::move(json);
}

Json EventPeople::resource(ResourceId id) {
  const auto known = resources_.find(id);
  if (known != resources_.end()) return known->second;
  Json json;
  try {
    const auto found = model::resources::load_resource(invocation_.work, id);
    json = model::write_object(found, model::resources::resource_fields(), invocation_.format);
  } catch (const ApiError&) {
    // As for groups.
  }
  return resources_[id] = std::move(json);
}

void EventPeople::extend(Json& attendee, const calendar::Attendee& of) {
  const bool is_group = of.cu_type == calendar::CuType::Group;
  if (of.entity == 0 && !is_group) return;
  Json json;
  const char* member = "contact";
  switch (of.cu_type) {
    case calendar::CuType::Group:
      member = "group";
      json = group(GroupId(of.entity));
      break;
    case calendar::CuType::Resource:
    case calendar::CuType::Room:
      member = "resource";
      json = resource(ResourceId(of.entity));
      break;
    case calendar::CuType::Individual:
    case calendar::CuType::Unknown:
      json = contact(UserId(of.entity));
      break;
  }
  if (!json.is_missing()) attendee.set(member, std::move(json));
}

}  // namespace gw::ajax
