// contacts: new, update, delete, copy.
#include "ajax/contacts/contacts_actions.hpp"
#include "ajax/contacts/contacts_input.hpp"
#include "core/errors/contact.hpp"
#include "core/errors/servlet.hpp"
#include "model/contacts/contact_service.hpp"

namespace gw::ajax::contacts_actions {
namespace {

namespace contacts = model::contacts;

Response answer_new(const contacts::Stored& stored) {
  Json data = Json::object();
  data.set("id", Json::string(std::to_string(stored.id.value)));
  return Response::with_data(std::move(data), stored.timestamp);
}

}  // namespace

Response create(Invocation& invocation) {
  return answer_new(contacts::create(invocation.work, read_contact(invocation, true)));
}

Response update(Invocation& invocation) {
  const contacts::ContactRef ref = asked_contact(invocation);
  const Millis known{invocation.arguments.integer("timestamp")};
  const contacts::Stored stored =
      contacts::update(invocation.work, ref, read_contact(invocation, false), known);
  return Response::with_data(Json::object(), stored.timestamp);
}

Response remove(Invocation& invocation) {
  const auto refs = parse_contact_refs(invocation.body);
  const contacts::Removed removed =
      contacts::remove(invocation.work, refs, Millis{invocation.arguments.integer("timestamp")});
  Json kept = Json::array();
  for (std::size_t i = 0; i < refs.size(); ++i) {
    const auto& error = removed.outcomes[i].error;
    if (!error) continue;
    // A single contact that may not be deleted is a failed request; among several it is one that was left.
    const bool meanwhile = error->code() == errors::con::kChanged || error->code() == errors::con::kNotFound;
    if (refs.size() == 1 && !meanwhile) throw ApiError(*error);
    kept.append(Json::string(std::to_string(refs[i].id.value)));
  }
  return Response::with_data(std::move(kept), removed.timestamp);
}

Response copy(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with folder_id"});
  const auto target = invocation.body.get("folder_id").to_text();
  if (!target) throw ApiError(errors::svl::kMissing, {"folder_id"});
  return answer_new(
      contacts::copy(invocation.work, asked_contact(invocation), parse_contact_folder(*target)));
}

}  // namespace gw::ajax::contacts_actions
