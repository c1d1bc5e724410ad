#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "model/groups/group.hpp"

namespace gw::model::groups {
namespace {

Json write_members(const Group& group) {
  Json members = Json::array();
  for (const std::int64_t member : group.members) members.append(Json::integer(member));
  return members;
}

void parse_members(Group& group, const Json& value) {
  group.members.clear();
  if (value.is_null()) return;
  if (!value.is_array()) throw ApiError(errors::grp::kInvalid, {"members"});
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto member = value.at(i).to_integer();
    if (!member) throw ApiError(errors::grp::kInvalid, {"members"});
    group.members.push_back(*member);
  }
}

constexpr FieldCodec<Group> kMembersCodec{write_members, parse_members};

constexpr Field<Group> kTable[] = {
    {1, "id", "id", &Group::id, kReadOnly},
    {700, "display_name", "display_name", &Group::display_name, 0, 255},
    {701, "name", "name", &Group::name, 0, 128},
    {702, "members", "", &Group::id, kNotStored, 0, Wire::Plain, &kMembersCodec},
    {6, "last_modified_utc", "last_modified", &Group::last_modified, kReadOnly, 0, Wire::Timestamp},
};
static_assert(is_consistent(kTable));

}  // namespace

std::span<const Field<Group>> group_fields() { return kTable; }

}  // namespace gw::model::groups
