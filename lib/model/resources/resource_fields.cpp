#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "model/resources/resource.hpp"

namespace gw::model::resources {
namespace {

/// The contract gives both stamps of a resource as strings.
Json write_last_modified(const Resource& resource) {
  return Json::string(std::to_string(resource.last_modified.value));
}

Json write_available(const Resource& resource) { return Json::boolean(resource.available); }

/// Nothing said is "can be booked", as for a new resource.
void parse_available(Resource& resource, const Json& value) {
  const bool is_cleared = value.is_null() || (value.is_string() && value.as_string().empty());
  const auto flag = is_cleared ? std::optional(true) : value.to_boolean();
  if (!flag) throw ApiError(errors::res::kBadName, {"availability"});
  resource.available = *flag;
}

constexpr FieldCodec<Resource> kAvailableCodec{write_available, parse_available};
constexpr FieldCodec<Resource> kStampCodec{write_last_modified, nullptr};

constexpr Field<Resource> kTable[] = {
    {1, "id", "id", &Resource::id, kReadOnly},
    {0, "display_name", "display_name", &Resource::display_name, 0, 255},
    {0, "name", "name", &Resource::name, 0, 128},
    {0, "mailaddress", "mail", &Resource::mail, 0, 255},
    {0, "availability", "available", &Resource::available, 0, 0, Wire::Plain, &kAvailableCodec},
    {0, "description", "description", &Resource::description, kMultiline, 65'000},
    {5, "last_modified", "", &Resource::last_modified, kReadOnly | kNotStored, 0, Wire::Timestamp,
     &kStampCodec},
    {6, "last_modified_utc", "last_modified", &Resource::last_modified, kReadOnly, 0, Wire::Timestamp,
     &kStampCodec},
};
static_assert(is_consistent(kTable));

}  // namespace

std::span<const Field<Resource>> resource_fields() { return kTable; }

}  // namespace gw::model::resources
