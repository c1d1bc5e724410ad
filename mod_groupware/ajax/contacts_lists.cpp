// contacts: all, list, listuser, updates.
#include "ajax/contacts_actions.hpp"
#include "ajax/contacts_input.hpp"
#include "core/errors/contact.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::ajax::contacts_actions {
namespace {

namespace contacts = model::contacts;

/// `limit=left,right` or `limit=count`, the older spelling of the two limits.
void apply_limit(const Arguments& arguments, contacts::ListRequest& request) {
  const std::string_view text = trim(arguments.text("limit"));
  if (text.empty()) return;
  std::int64_t numbers[2] = {0, 0};
  const auto parts = split(text, ',');
  const std::size_t offset = parts.size() == 1 ? 1 : 0;
  if (parts.size() > 2) throw ApiError(errors::svl::kBadParameter, {"limit", std::string(text)});
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = parse_integer(parts[i]);
    if (!number || *number < 0) throw ApiError(errors::svl::kBadParameter, {"limit", std::string(text)});
    numbers[i + offset] = *number;
  }
  request.left = numbers[0];
  request.right = std::max(numbers[0], numbers[1]);
}

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
  apply_limit(invocation.arguments, request);
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
