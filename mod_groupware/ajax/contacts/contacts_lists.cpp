// contacts: all, list, listuser, updates.
#include "ajax/contacts/contacts_actions.hpp"
#include "ajax/contacts/contacts_input.hpp"
#include "ajax/list_window.hpp"
#include "core/errors/contact.hpp"
#include "core/errors/servlet.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::ajax::contacts_actions {
namespace {

namespace contacts = model::contacts;

std::vector<UserId> parse_user_ids(const Json& body) {
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of user ids"});
  if (body.size() > kMaxContactIds) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  std::vector<UserId> users;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto id = body.at(i).to_integer();
    if (!id) throw ApiError(errors::con::kBadId, {body.at(i).dump()});
    users.emplace_back(*id);
  }
  return users;
}

}  // namespace

Response all(Invocation& invocation) {
  ContactRows rows(invocation, {.admin = true});
  contacts::ListRequest request = rows.request();
  const ListWindow window = parse_limit(invocation.arguments, {request.left, request.right});
  request.left = window.left;
  request.right = window.right;
  const FolderId folder = parse_contact_folder(invocation.arguments.text("folder"));
  return rows.answer(contacts::list_folder(invocation.work, folder, request, rows.visitor()));
}

Response list(Invocation& invocation) {
  ContactRows rows(invocation, {.sort = false, .limits = false});
  const auto refs = parse_contact_refs(invocation.body);
  return rows.answer(contacts::list_refs(invocation.work, refs, rows.request(), rows.visitor()));
}

Response list_user(Invocation& invocation) {
  ContactRows rows(invocation, {.sort = false, .limits = false});
  const auto users = parse_user_ids(invocation.body);
  return rows.answer(contacts::list_users(invocation.work, users, rows.request(), rows.visitor()));
}

Response updates(Invocation& invocation) {
  ContactRows rows(invocation, {.limits = false});
  // Contacts name deleted ids only when a client asks for them in so many words (spec conventions section 6).
  const bool with_removed = invocation.arguments.text("ignore") == "false";
  const FolderId folder = parse_contact_folder(invocation.arguments.text("folder"));
  const Millis since{invocation.arguments.integer("timestamp")};
  return rows.answer(
      contacts::updates(invocation.work, folder, since, with_removed, rows.request(), rows.visitor()));
}

}  // namespace gw::ajax::contacts_actions
