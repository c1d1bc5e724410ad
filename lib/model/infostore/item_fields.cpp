#include "model/infostore/item_fields.hpp"

#include <algorithm>

#include "core/errors/infostore.hpp"
#include "model/infostore/infostore_service.hpp"
#include "model/shares/invitation.hpp"

namespace gw::model::infostore {
namespace {

constexpr std::size_t kMaxMeta = 65'536;

Json write_id(const Item& item) { return Json::string(format_item_id(item)); }

Json write_meta(const Item& item) {
  if (!item.meta) return {};
  auto parsed = Json::parse(*item.meta);
  return parsed ? std::move(*parsed) : Json();
}

void parse_meta(Item& item, const Json& value) {
  item.meta.reset();
  if (value.is_null()) return;
  if (!value.is_object()) throw ApiError(errors::ifo::kInvalid, {"meta", "it must be an object"});
  std::string text = value.dump();
  if (text.size() > kMaxMeta)
    throw ApiError(errors::ifo::kTooLong, {"meta", std::to_string(kMaxMeta), std::to_string(text.size())},
                   {{23, "meta", static_cast<std::int64_t>(text.size()), kMaxMeta}});
  item.meta = std::move(text);
}

Json write_permissions(const Item& item) {
  Json out = Json::array();
  for (const ObjectPermission& entry : item.object_permissions)
    out.append(Json::object()
                   .set("entity", Json::integer(entry.entity))
                   .set("group", Json::boolean(entry.is_group))
                   .set("bits", Json::integer(entry.bits)));
  return out;
}

[[noreturn]] void refuse_permission(std::string_view why) {
  throw ApiError(errors::ifo::kInvalid, {"object_permissions", std::string(why)});
}

ObjectPermission parse_permission(const Json& value) {
  const auto entity = value.get("entity").to_integer();
  const auto bits = value.get("bits").to_integer();
  if (!entity || *entity < 0) refuse_permission("an entry has no entity");
  if (!bits || (*bits != 0 && *bits != 1 && *bits != 2 && *bits != 4))
    refuse_permission("bits must be 0, 1, 2 or 4");
  return {*entity, value.get("group").to_boolean().value_or(false), *bits};
}

/// The last entry of an entity counts; bits 0 take it away.
void parse_permissions(Item& item, const Json& value) {
  item.object_permissions.clear();
  item.invitations.clear();
  if (value.is_null()) return;
  if (!value.is_array()) refuse_permission("it must be an array");
  auto& entries = item.object_permissions;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Json source = value.at(i);
    if (!source.is_object()) refuse_permission("an entry must be an object");
    if (auto guest = shares::parse_invitation(source)) {
      const auto bits = source.get("bits").to_integer();
      if (!bits || (*bits != 1 && *bits != 2 && *bits != 4)) refuse_permission("bits must be 1, 2 or 4");
      item.invitations.push_back({std::move(*guest), *bits});
      continue;
    }
    const ObjectPermission entry = parse_permission(source);
    std::erase_if(entries, [&](const ObjectPermission& known) {
      return known.entity == entry.entity && known.is_group == entry.is_group;
    });
    if (entry.bits != 0) entries.push_back(entry);
    if (entries.size() + item.invitations.size() > kMaxObjectPermissions)
      refuse_permission("at most 100 entries are possible");
  }
}

Json write_extended(const Item& item) {
  if (!item.extended_permissions) return {};
  auto parsed = Json::parse(*item.extended_permissions);
  return parsed ? std::move(*parsed) : Json();
}

Json write_is_current(const Item& item) { return Json::boolean(item.version == item.current_version); }

Json write_media_date(const Item& item) {
  if (item.width == 0) return {};
  return Json::integer(item.capture_date.value != 0 ? item.capture_date.value : item.last_modified.value);
}

constexpr FieldCodec<Item> kMediaDateCodec{write_media_date, nullptr};
constexpr FieldCodec<Item> kIdCodec{write_id, nullptr};
constexpr FieldCodec<Item> kMetaCodec{write_meta, parse_meta};
constexpr FieldCodec<Item> kPermissionsCodec{write_permissions, parse_permissions};
constexpr FieldCodec<Item> kExtendedCodec{write_extended, nullptr};
constexpr FieldCodec<Item> kIsCurrentCodec{write_is_current, nullptr};

constexpr Field<Item> kTable[] = {
    {1, "id", "i.id", &Item::id, kReadOnly, 0, Wire::Plain, &kIdCodec},
    {20, "folder_id", "i.folder_id", &Item::folder_id, 0, 0, Wire::IdAsString},
    {2, "created_by", "i.created_by", &Item::created_by, kReadOnly},
    {3, "modified_by", "i.modified_by", &Item::modified_by, kReadOnly},
    {4, "creation_date", "i.creation_date", &Item::creation_date, kReadOnly, 0, Wire::Time},
    {5, "last_modified", "i.last_modified", &Item::last_modified, kReadOnly, 0, Wire::Time},
    {6, "last_modified_utc", "", &Item::last_modified, kReadOnly | kNotStored, 0, Wire::Timestamp},
    {100, "categories", "i.categories", &Item::categories, kSearchable, 1000},
    {102, "color_label", "i.color_label", &Item::color_label},
    {23, "meta", "i.meta", &Item::meta, 0, 0, Wire::Plain, &kMetaCodec},
    {108, "object_permissions", "", &Item::shareable, kNotStored, 0, Wire::Plain, &kPermissionsCodec},
    {109, "shareable", "", &Item::shareable, kReadOnly | kNotStored},
    {700, "title", "v.title", &Item::title, kSearchable, 255},
    {701, "url", "v.url", &Item::url, 0, 2000},
    {702, "filename", "v.filename", &Item::filename, kSearchable, 255},
    {703, "file_mimetype", "v.file_mimetype", &Item::file_mimetype, 0, 255},
    {704, "file_size", "v.file_size", &Item::file_size, kReadOnly},
    {705, "version", "v.version", &Item::version, 0, 0, Wire::IdAsString},
    {706, "description", "v.description", &Item::description, kSearchable | kMultiline, 65000},
    {707, "locked_until", "", &Item::locked_until, kReadOnly | kNotStored, 0, Wire::TimeOrZero},
    {708, "file_md5sum", "v.file_md5sum", &Item::file_md5sum, kReadOnly},
    {709, "version_comment", "v.version_comment", &Item::version_comment, kSearchable | kMultiline, 65000},
    {710, "current_version", "i.current_version", &Item::current_version, kReadOnly, 0, Wire::Plain,
     &kIsCurrentCodec},
    {711, "number_of_versions", "i.number_of_versions", &Item::number_of_versions, kReadOnly},
    {kExtendedColumn, "com.openexchange.share.extendedObjectPermissions", "", &Item::extended_permissions,
     kReadOnly | kNotStored, 0, Wire::Plain, &kExtendedCodec},
    {0, "sequence_number", "", &Item::last_modified, kReadOnly | kNotStored, 0, Wire::Timestamp},
    // Of pictures. The contract gives them no columns. Its other members of this kind are not told, as
    // nothing says how they look: geolocation, camera_aperture, camera_exposure_time, camera_focal_length,
    // media_meta and the words of media_status.
    {0, "width", "v.width", &Item::width, kReadOnly, 0, Wire::ZeroIsAbsent},
    {0, "height", "v.height", &Item::height, kReadOnly, 0, Wire::ZeroIsAbsent},
    {0, "capture_date", "v.capture_date", &Item::capture_date, kReadOnly, 0, Wire::Timestamp},
    {0, "camera_iso_speed", "v.camera_iso_speed", &Item::camera_iso_speed, kReadOnly, 0, Wire::ZeroIsAbsent},
    {0, "camera_model", "v.camera_model", &Item::camera_model, kReadOnly, 255},
    {0, "media_date", "", &Item::capture_date, kReadOnly | kNotStored, 0, Wire::Plain, &kMediaDateCodec},
};
static_assert(is_consistent(kTable));

}  // namespace

std::span<const Field<Item>> item_fields() { return kTable; }

bool is_sent(const FieldSet& sent, int column) {
  const int index = find_column(item_fields(), column);
  return index >= 0 && sent.test(static_cast<std::size_t>(index));
}

}  // namespace gw::model::infostore
