// Reading attachments.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/errors/attachment.hpp"
#include "core/errors/servlet.hpp"
#include "model/attachments/attachment_fields.hpp"
#include "model/attachments/attachment_parent.hpp"
#include "model/attachments/attachment_service.hpp"
#include "model/attachments/attachment_store.hpp"
#include "model/changes.hpp"
#include "model/field_sort.hpp"

namespace gw::model::attachments {
namespace {

const AttachmentParent& load_parent(ParentModule module) {
  const AttachmentParent* parent = find_parent(static_cast<std::int64_t>(module));
  if (parent == nullptr)
    throw ApiError(errors::svl::kBadParameter, {"module", std::to_string(static_cast<std::int64_t>(module))});
  return *parent;
}

Millis check_readable(UnitOfWork& work, const ParentRef& parent) {
  return load_parent(parent.module).check_readable(work, parent.folder, parent.object);
}

std::vector<Attachment> list_of(UnitOfWork& work, const ParentRef& parent) {
  auto found = store::list_of_object(work.connection(), work.context(), parent.module, parent.object);
  if (const ObjectId other = load_parent(parent.module).also_shows(work, parent.object)) {
    const auto shown = store::list_of_object(work.connection(), work.context(), parent.module, other);
    found.insert(found.begin(), shown.begin(), shown.end());
  }
  for (Attachment& attachment : found) attachment.folder = parent.folder.value;
  return found;
}

void sort_by(std::vector<Attachment>& items, const Sort& sort, const Caller& caller) {
  sort_by_field(items, attachment_fields(), sort.column, sort.descending, caller.locale,
                [](const Attachment& a, const Attachment& b) { return a.id < b.id; });
}

}  // namespace

ParentModule parse_module(std::int64_t number) {
  if (find_parent(number) == nullptr)
    throw ApiError(errors::svl::kBadParameter, {"module", std::to_string(number)});
  return static_cast<ParentModule>(number);
}

AttachmentList list(UnitOfWork& work, const ParentRef& parent, const Sort& sort) {
  AttachmentList list;
  work.snapshot([&](sql::Connection&) {
    list.timestamp = check_readable(work, parent);
    list.items = list_of(work, parent);
  });
  sort_by(list.items, sort, work.caller());
  return list;
}

AttachmentList list_ids(UnitOfWork& work, const ParentRef& parent, std::span<const ObjectId> ids) {
  AttachmentList all = list(work, parent, {});
  std::map<std::int64_t, Attachment> by_id;
  for (Attachment& attachment : all.items) by_id.emplace(attachment.id, std::move(attachment));
  all.items.clear();
  for (const ObjectId id : ids)
    if (const auto found = by_id.find(id.value); found != by_id.end()) all.items.push_back(found->second);
  return all;
}

Updates updates(UnitOfWork& work, const ParentRef& parent, Millis since, const Sort& sort) {
  Updates found;
  work.snapshot([&](sql::Connection& connection) {
    found = {};
    found.changed.timestamp = check_readable(work, parent);
    if (since.value > 0 && since < tombstone_horizon(connection, work.context()))
      throw ApiError(errors::svl::kChanged);
    found.changed.items = list_of(work, parent);
    std::erase_if(found.changed.items, [&](const Attachment& one) { return one.creation_date <= since; });
    for (const Tombstone& stone : tombstones_since(connection, work.context(), ObjectModule::Attachment,
                                                   FolderId(parent.object.value), since))
      found.removed.push_back(stone.object);
  });
  std::sort(found.removed.begin(), found.removed.end());
  sort_by(found.changed.items, sort, work.caller());
  return found;
}

Found get(UnitOfWork& work, const ParentRef& parent, ObjectId id) {
  const Millis timestamp = check_readable(work, parent);
  auto found = store::find(work.connection(), work.context(), id);
  const bool is_there =
      found && found->module == static_cast<std::int64_t>(parent.module) &&
      (found->attached == parent.object.value ||
       ObjectId(found->attached) == load_parent(parent.module).also_shows(work, parent.object));
  if (!is_there) throw ApiError(errors::att::kNotFound, {std::to_string(id.value)});
  found->folder = parent.folder.value;
  return {std::move(*found), timestamp};
}

Content open_content(UnitOfWork& work, const ParentRef& parent, ObjectId id) {
  Content content{get(work, parent, id).attachment, nullptr};
  content.store = files::open_space_of(work, files::kContextFiles, content.attachment.file_id.value_or(""));
  return content;
}

std::string entity_tag(const Attachment& attachment) {
  return fmt::format("\"attachment/{}/{}\"", attachment.id, attachment.file_size);
}

}  // namespace gw::model::attachments
