// One write transaction over contacts: knows its folders, its stamp and who must hear of the changes. Used by
// the service functions only; every method checks all it has to check before it writes the first row.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "model/contacts/contact_access.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/picture.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::contacts {

/// What happens to the picture. Prepared before the transaction, because scaling takes long.
struct PictureChange {
  bool clears = false;
  std::optional<PictureFile> file;
  [[nodiscard]] bool is_nothing() const { return !clears && !file; }
};
/// Errors: those of prepare_picture.
PictureChange prepare_picture_change(const ContactInput& input, const Settings& settings);

class ContactWriter {
 public:
  /// Takes the stamp at once: from here on no other writer of the context can pass a check.
  /// `new_contacts`: how many calls of create will follow.
  explicit ContactWriter(Transaction& transaction, std::int64_t new_contacts = 0);

  ObjectId create(const ContactInput& input, const PictureChange& picture);
  Millis update(ContactRef ref, const ContactInput& input, const PictureChange& picture, Millis known);
  void remove(ContactRef ref, Millis known);
  /// Files came or went. Looks at no rights; a contact that is gone is no error.
  void set_attachments(ObjectId id, std::int64_t number, Millis newest);

 private:
  const folders::FolderAccess& folder(FolderId id);
  /// The stored contact where the caller says it is, if the caller may see it. Errors: CON-0125, CON-0174.
  Contact load(ContactRef ref, const FieldSet& fields);
  [[noreturn]] void refuse_place(const Contact& stored, ContactRef ref);
  void check_quota(ObjectId next);
  void check_write_right(const Contact& stored, const ContactInput& input, bool moves);
  void check_move(const Contact& changed);
  void check_display_name(const Contact& before, const Contact& after);
  void write_changed(const Contact& before, const Contact& after, const ContactInput& input);
  void apply_picture(Contact& contact, const PictureChange& picture);
  void raise(ChangeKind kind, const Contact& contact, bool is_private, FolderId source = {});
  /// Private contacts concern the folder's owner alone.
  void tell(Event& event, FolderId place, bool is_private);
  const std::vector<UserId>& viewers_of(FolderId folder);

  Transaction& transaction_;
  UnitOfWork& work_;
  sql::Connection& connection_;
  const Caller& caller_;
  Millis stamp_;
  FolderLookup lookup_;
  std::map<FolderId, folders::FolderAccess> folders_;
  std::map<FolderId, std::vector<UserId>> viewers_;
};

}  // namespace gw::model::contacts
