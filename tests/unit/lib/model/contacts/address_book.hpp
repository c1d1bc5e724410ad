// A context with an administrator (2) and three users (3, 4, 5), their default folders, and helpers to speak
// JSON to the contact service, so that tests read like the API's own requests.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/errors/contact.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/field_json.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"
#include "unit/lib/model/sample_context.hpp"

namespace gw::test {

namespace contacts = model::contacts;
using contacts::Contact;
using contacts::ContactRef;

class AddressBook : public SampleContext {
 protected:
  AddressBook() : SampleContext({&contacts::contact_folder_content()}) {}

  FolderId home(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).contacts_folder;
  }

  /// A public contact folder that every user may use as `rights` say.
  FolderId public_folder(const model::Rights& rights) {
    const sql::Lease lease = database.pool->acquire();
    const FolderId id(model::reserve_ids(*lease, kContext));
    lease->execute(
        "INSERT INTO folders "
        "(cid,id,parent,module,type,title,title_fold,owner,default_kind,subscribed,created_by,"
        "modified_by,created,last_modified) VALUES (?,?,2,3,2,'Public','public',2,0,1,2,2,0,0)",
        kContext, id);
    lease->execute("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (?,?,1,0,?)",
                   kContext, id, model::to_bits(rights));
    return id;
  }

  ObjectId create(UserId user, FolderId folder, const std::string& members) {
    Json body = json(members);
    body.set("folder_id", Json::string(std::to_string(folder.value)));
    return contacts::create(as(user), contacts::parse_contact(body, true)).id;
  }
  Millis update(UserId user, ContactRef ref, const std::string& members,
                Millis known = contacts::kAnyVersion) {
    return contacts::update(as(user), ref, contacts::parse_contact(json(members), false), known).timestamp;
  }
  Contact get(UserId user, ContactRef ref) { return contacts::get(as(user), ref); }
  std::string text(UserId user, ContactRef ref) {
    return model::write_object(get(user, ref), contacts::contact_fields(), {}).dump();
  }
  /// The outcome of one deletion: empty, or the code.
  std::string remove(UserId user, ContactRef ref, Millis known = contacts::kAnyVersion) {
    const auto removed = contacts::remove(as(user), std::array{ref}, known);
    const auto& error = removed.outcomes.front().error;
    return error ? format_code(error->code()) : "";
  }

  /// Display names of a folder in the order of the list.
  std::vector<std::string> names(UserId user, FolderId folder, contacts::ListRequest request = {}) {
    return names_of(request, [&](const contacts::ListRequest& asked, const contacts::Visitor& visit) {
      return contacts::list_folder(as(user), folder, asked, visit);
    });
  }
  template <class List>
  std::vector<std::string> names_of(contacts::ListRequest request, const List& list) {
    request.fields |= contacts::fields_of(std::array{500});
    contacts::ContactCollector collector;
    const contacts::ListResult result = list(request, collector.visitor());
    std::vector<std::string> names;
    for (const Contact& contact : collector.take(result)) names.push_back(contact.display_name.value_or("-"));
    return names;
  }
};

}  // namespace gw::test
