// Module `attachment`: lists and single attachments, and the table of all its actions.
#include "ajax/attachment/attachment.hpp"

#include "ajax/attachment/attachment_actions.hpp"
#include "ajax/delivery/document_delivery.hpp"
#include "ajax/list_window.hpp"
#include "ajax/row_text.hpp"
#include "core/errors/attachment.hpp"
#include "core/errors/servlet.hpp"
#include "model/attachments/attachment_fields.hpp"

namespace gw::ajax {
namespace attachment_actions {

namespace attachments = model::attachments;

attachments::ParentRef asked_parent(const Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  return {attachments::parse_module(arguments.integer("module")), FolderId(arguments.integer("folder")),
          ObjectId(arguments.integer("attached"))};
}

std::vector<ObjectId> parse_ids(const Json& body) {
  constexpr std::size_t kMaxIds = 10'000;
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of ids"});
  if (body.size() > kMaxIds) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  std::vector<ObjectId> ids;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto id = body.at(i).to_integer();
    if (!id) throw ApiError(errors::att::kNoNumber, {"id", body.at(i).dump()});
    ids.emplace_back(*id);
  }
  return ids;
}

}  // namespace attachment_actions

namespace {

namespace action = attachment_actions;
namespace attachments = model::attachments;
using Rows = RowText<attachments::Attachment>;

attachments::Sort asked_sort(const Invocation& invocation) {
  const SortOrder order = parse_sort_order(invocation.arguments);
  return {order.column, order.descending};
}

Response answer(const Invocation& invocation, const attachments::AttachmentList& list,
                std::span<const std::string> removed = {}) {
  Rows rows(invocation, attachments::attachment_fields());
  for (const attachments::Attachment& attachment : list.items) rows.add(attachment);
  return Response::with_text(rows.join_as_arrived(removed), list.timestamp);
}

Response all(Invocation& invocation) {
  return answer(invocation,
                attachments::list(invocation.work, action::asked_parent(invocation), asked_sort(invocation)));
}

Response list(Invocation& invocation) {
  const auto ids = action::parse_ids(invocation.body);
  return answer(invocation, attachments::list_ids(invocation.work, action::asked_parent(invocation), ids));
}

Response updates(Invocation& invocation) {
  const Millis since{invocation.arguments.integer("timestamp")};
  const auto found =
      attachments::updates(invocation.work, action::asked_parent(invocation), since, asked_sort(invocation));
  std::vector<std::string> removed;
  // Attachments name deleted ids unless a client asks not to (spec conventions section 6).
  if (invocation.arguments.text("ignore") != "deleted")
    for (const ObjectId id : found.removed) removed.push_back(std::to_string(id.value));
  return answer(invocation, found.changed, removed);
}

Response get(Invocation& invocation) {
  const auto found = attachments::get(invocation.work, action::asked_parent(invocation),
                                      ObjectId(invocation.arguments.integer("id")));
  return Response::with_data(
      model::write_object(found.attachment, attachments::attachment_fields(), invocation.format),
      found.timestamp);
}

#define GW_PARENT \
  {"attached", Type::Id, true}, {"folder", Type::Id, true}, { "module", Type::Integer, true }
#define GW_SORT \
  {"sort", Type::Integer}, { "order" }
constexpr Parameter kAll[] = {GW_PARENT, {"columns", Type::List, true}, GW_SORT};
constexpr Parameter kList[] = {GW_PARENT, {"columns", Type::List, true}};
constexpr Parameter kUpdates[] = {
    GW_PARENT, {"columns", Type::List, true}, GW_SORT, {"timestamp", Type::Timestamp}, {"ignore"}};
constexpr Parameter kGetOne[] = {GW_PARENT, {"id", Type::Id, true}};
constexpr Parameter kDetach[] = {GW_PARENT};
constexpr Parameter kDocument[] = {GW_PARENT, {"id", Type::Id, true}, {"filename"}, GW_DOCUMENT};
constexpr Parameter kZip[] = {GW_PARENT, {"body"}};
#undef GW_PARENT
#undef GW_SORT

constexpr Action kActions[] = {
    {"all", kGet, all, 0, kAll},
    {"attach", kPost, action::attach, kUpload | kSerial | kNotInMultiple},
    {"detach", kPut, action::detach, kBody | kSerial, kDetach},
    {"document", kGet, action::document, kDownloads, kDocument},
    {"get", kGet, get, 0, kGetOne},
    {"list", kPut, list, kBody, kList},
    {"updates", kGet, updates, 0, kUpdates},
    {"zipDocuments", kPut | kPost, action::zip_documents, kDownloads, kZip},
};

}  // namespace

// A file name may follow the module in the path of a download; it is only a hint for the browser.
const ApiModule kAttachmentModule{.path = "attachment", .actions = kActions, .takes_path = true};

}  // namespace gw::ajax
