// Contacts as the API, DAV, import and export see them: rights, private flag, global address book, conflicts,
// change stamps and events are all decided here. Searching is in contact_search.hpp, pictures in
// contact_pictures.hpp. Source: spec contacts-users-groups-resources sections 1-3.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"
#include "model/contacts/contact.hpp"
#include "model/contacts/contact_list.hpp"
#include "model/folders/folder_content.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::contacts {

/// A contact as clients name it.
struct ContactRef {
  FolderId folder;
  ObjectId id;
};

/// The rows of the named columns; unknown numbers are left out.
FieldSet fields_of(std::span<const int> columns);
/// Every row of contact_fields().
FieldSet all_fields();

/// One contact with everything, or with `fields` only.
/// Errors: FLD-0003, FLD-0008 folder; CON-0103 no contact folder; CON-0104 no read right; CON-0125 not found
/// or not visible. Cost: folder access, one select, and the members when it is a distribution list.
Contact get(UnitOfWork& work, ContactRef ref, const FieldSet& fields = all_fields());
/// The contact of a user. One's own is always readable, others need the global address book. Errors:
/// CON-0125.
Contact get_user(UnitOfWork& work, UserId user, const FieldSet& fields = all_fields());

/// All contacts of a folder that the caller may see; natural order is by id. Errors: as get. Cost: folder
/// access, one select.
ListResult list_folder(UnitOfWork& work, FolderId folder, const ListRequest& request, const Visitor& visit);
/// In the order asked for; missing and unreadable ones are left out. Cost: one select per 256 ids.
ListResult list_refs(UnitOfWork& work, std::span<const ContactRef> refs, const ListRequest& request,
                     const Visitor& visit);
/// The contacts of users, in the order asked for unless the request names another. Without the global address
/// book only the caller's own.
ListResult list_users(UnitOfWork& work, std::span<const UserId> users, const ListRequest& request,
                      const Visitor& visit);

struct Updates {
  ListResult changed;
  /// Deleted, moved away, or no longer visible to the caller. Ascending.
  std::vector<ObjectId> removed;
  /// The `since` of the next call. Covers changes the caller may not see, so nothing is asked for twice.
  Millis timestamp;
};
/// What happened in a folder after `since`, from one state of the database.
/// Errors: as get; CON-1001 when `with_removed` and `since` is older than the tombstones reach (and not 0).
Updates updates(UnitOfWork& work, FolderId folder, Millis since, bool with_removed,
                const ListRequest& request, const Visitor& visit);

/// What create and update take: values and which rows of contact_fields() were sent. `contact.image1` and the
/// row image1 carry a new picture; the row image1 without bytes deletes it.
struct ContactInput {
  Contact contact;
  FieldSet sent;
};

/// Reads the API's JSON object. `creating` admits rows that only `new` takes. Read-only and unknown members
/// are ignored. Errors: SVL-0010 wrong kind of value or out of range, CON-0154 too long, CON-0168 control
/// character, CON-0136, CON-1001.
ContactInput parse_contact(const Json& source, bool creating);

struct Stored {
  ObjectId id;
  Millis timestamp;
};

/// Stores a new contact in `contact.folder_id`. Completes display_name, file_as, uid and the list members.
/// Errors: SVL-0002 no folder; CON-0112 no right or global address book; CON-0118, CON-0171 private flag;
/// CON-0100 address; CON-0177 list member; CON-0166 list without name; CON-0101, -0108, -0136, -0158, -0170,
/// -0172 picture; QUOTA-0003.
/// `also` is done in the same transaction.
Stored create(UnitOfWork& work, const ContactInput& input,
              const std::function<void(Transaction&, ObjectId)>& also = {});

/// `error` is set when this element was refused; the others are stored all the same.
struct CreateOutcome {
  ObjectId id;
  std::optional<ApiError> error;
  Millis timestamp;
};
/// Bulk import. Transactions of 500 elements each; a failing database ends it, what was committed before
/// stays. Gives one outcome per element, in order.
std::vector<CreateOutcome> create_many(UnitOfWork& work, std::span<const ContactInput> inputs);

/// The newest `known` possible: switches the conflict check off.
inline constexpr Millis kAnyVersion{INT64_MAX};

/// Changes the rows that were sent; a `folder_id` that differs from `ref.folder` moves the contact.
/// Errors: CON-0119 changed after `known`; CON-0174 it is in another folder; CON-0176 no write right;
/// CON-0169 / CON-0112 no right to take it away / to put it there; CON-0165 private contact; CON-0164, -0166,
/// -0167, -0173, -0175 global address book; and those of create. `also` is done in the same transaction,
/// after all checks (the account's part of a user).
Stored update(UnitOfWork& work, ContactRef ref, const ContactInput& input, Millis known,
              const std::function<void(Transaction&)>& also = {});

struct RemoveOutcome {
  /// Empty: deleted.
  std::optional<ApiError> error;
};
struct Removed {
  std::vector<RemoveOutcome> outcomes;  ///< one per ref, in order
  Millis timestamp;
};
/// Deletes each contact alone: one that is refused (CON-0119 changed after `known`, CON-0125, CON-0169,
/// CON-0260 contact of a user, folder errors) leaves the others untouched.
Removed remove(UnitOfWork& work, std::span<const ContactRef> refs, Millis known);

/// A new contact with the data, members and picture of another one. Errors: as get and create.
Stored copy(UnitOfWork& work, ContactRef ref, FolderId target);

/// The folder services' view of this module. Lives as long as the process.
const folders::FolderContent& contact_folder_content();

}  // namespace gw::model::contacts
