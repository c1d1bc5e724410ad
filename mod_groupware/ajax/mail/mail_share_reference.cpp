// mail: resolve_share_reference. Who has the mail may see what its link shows, in the owner's context alone.
// Source: API operation resolve_share_reference.
#include <span>

#include "ajax/mail/mail_actions.hpp"
#include "core/errors/composition.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "mailbox/drive_mail_reference.hpp"
#include "model/folders/folder_access.hpp"
#include "model/infostore/infostore_service.hpp"
#include "model/infostore/item_fields.hpp"
#include "model/shares/guests.hpp"
#include "model/users/user_directory.hpp"

namespace gw::ajax::mail_actions {
namespace {

namespace infostore = model::infostore;
using mailbox::DriveMailReference;

DriveMailReference read_reference(const Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const Json text = invocation.body.get("reference");
  if (!text.is_string()) throw ApiError(errors::msg::kMissingParameter, {"reference"});
  const auto reference = mailbox::unseal_reference(invocation.work, text.as_string());
  // One answer for what was forged and for what belongs to others.
  if (!reference || reference->context != invocation.work.context())
    throw ApiError(errors::msg::kBadParameter, {"reference", "(not one of this server)"});
  return *reference;
}

model::shares::GuestView load_link(const Invocation& invocation, const DriveMailReference& reference) {
  model::UnitOfWork& work = invocation.work;
  const auto views = model::shares::describe(work.connection(), work.context(), work.settings(),
                                             std::span(&reference.guest, 1));
  const auto found = views.find(reference.guest);
  const bool is_live = found != views.end() && found->second.is_link && !found->second.token.empty() &&
                       (found->second.expires.value == 0 || found->second.expires > work.now());
  if (is_live && found->second.target.folder == reference.folder) return found->second;
  const bool is_there =
      model::folders::find_access(work.connection(), work.caller(), reference.folder).has_value();
  throw ApiError(is_there ? errors::msgcs::kSharedFolderInconsistent : errors::msgcs::kSharedFolderMissing);
}

/// The owner reads by his own right, everybody else by that of the link.
infostore::ItemList list_files(const Invocation& invocation, const DriveMailReference& reference) {
  model::UnitOfWork& work = invocation.work;
  if (work.caller().user == reference.owner) return infostore::list_folder(work, reference.folder, {});
  auto guest = model::users::load_caller(work.connection(), reference.context, reference.guest);
  if (!guest) throw ApiError(errors::msgcs::kSharedFolderMissing);
  work.release();
  model::UnitOfWork as_guest(work.environment(), std::move(*guest));
  return infostore::list_folder(as_guest, reference.folder, {});
}

}  // namespace

Response resolve_share_reference(Invocation& invocation) {
  const DriveMailReference reference = read_reference(invocation);
  const model::shares::GuestView link = load_link(invocation, reference);
  Json files = Json::array();
  for (const infostore::Item& item : list_files(invocation, reference).items)
    files.append(model::write_object(item, infostore::item_fields(), invocation.format));
  Json data = Json::object();
  data.set("shareToken", Json::string(link.token));
  data.set("contextId", Json::integer(reference.context.value));
  data.set("userId", Json::integer(reference.owner.value));
  data.set("files", std::move(files));
  if (link.has_password) data.set("password", Json::string(model::shares::kHiddenPassword));
  if (link.expires.value > 0) data.set("expiration", Json::integer(link.expires.value));
  return Response::with_data(std::move(data));
}

}  // namespace gw::ajax::mail_actions
