// Files bound to objects: contacts and tasks, appointments through the same functions later. Who may see and
// change the object decides; files lie in the context's store and count for its quota. Source: spec
// tasks-reminders-attachments section 5.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "filestore/file_store.hpp"
#include "model/attachments/attachment.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::attachments {

/// Most files of one object. Beyond it: QUOTA-0003.
inline constexpr std::int64_t kMaxPerObject = 1'000;

/// Errors: SVL-0010 when nothing can be attached to objects of that module here.
ParentModule parse_module(std::int64_t number);

struct Sort {
  int column = 0;  ///< 0 = by id; 803 in the order of the caller's language
  bool descending = false;
};
struct AttachmentList {
  std::vector<Attachment> items;
  Millis timestamp;  ///< the object's last change: clients take it for their next update of the object
};

/// Errors of all: those of the object's module when the caller may not read it.
AttachmentList list(UnitOfWork& work, const ParentRef& parent, const Sort& sort);
/// In the order asked for; missing ones are left out.
AttachmentList list_ids(UnitOfWork& work, const ParentRef& parent, std::span<const ObjectId> ids);
struct Updates {
  AttachmentList changed;
  std::vector<ObjectId> removed;  ///< ascending
};
/// What came and went after `since`, from one state of the database. Errors: SVL-0017 when `since` is older
/// than the tombstones reach (and not 0).
Updates updates(UnitOfWork& work, const ParentRef& parent, Millis since, const Sort& sort);

struct Found {
  Attachment attachment;
  Millis timestamp;  ///< as AttachmentList::timestamp
};
/// Errors: ATT-0405.
Found get(UnitOfWork& work, const ParentRef& parent, ObjectId id);
struct Content {
  Attachment attachment;
  std::unique_ptr<filestore::FileStore> store;
};
/// The connection is given back first: nothing is held while the client reads. Errors: ATT-0405, FLS-0004.
Content open_content(UnitOfWork& work, const ParentRef& parent, ObjectId id);
/// A strong tag, with its quotes: the bytes never change.
std::string entity_tag(const Attachment& attachment);

/// Files on their way to one object; destroyed without being given to attach, they leave nothing. Threads:
/// one.
class NewFiles {
 public:
  /// Errors: those of the object's module when the caller may not change it.
  NewFiles(UnitOfWork& work, const ParentRef& parent);
  /// For an object that is still to be made, or changed: no rights are looked at until attach.
  NewFiles(UnitOfWork& work, ParentModule module);
  ~NewFiles();
  NewFiles(NewFiles&&) noexcept;
  NewFiles& operator=(NewFiles&&) = delete;

  /// Begins a file; `facts` has its name and type, which the client or the file told. `size_hint` -1: not
  /// known. Errors: FLS-0024, -0004; QUOTA-0003; ATT-0418 name or type.
  void begin(const Attachment& facts, std::int64_t size_hint);
  /// Bytes of the file begun last. Errors: FLS-0024 as soon as the quota would be exceeded; FLS-0003, -0011.
  void write(std::string_view bytes);
  [[nodiscard]] const ParentRef& parent() const;
  /// The object is there now.
  void belong_to(const ParentRef& parent);

  struct State;
  std::unique_ptr<State> state;  ///< of the services alone
};

struct Attached {
  std::vector<ObjectId> ids;  ///< in the order of the files
  Millis timestamp;           ///< the new stamp of the objects
};
/// All or none, for one object or several. Runs one transaction. Errors: as NewFiles.
Attached attach(UnitOfWork& work, std::span<NewFiles> files);
/// Gives the object's new stamp. Errors: ATT-0405 when one is not there, then none is removed; those of the
/// object's module when the caller may not change it.
Millis detach(UnitOfWork& work, const ParentRef& parent, std::span<const ObjectId> ids);

/// A change of an object and of its files as one: makes the bytes durable, then runs the transaction, which
/// may attach them. `files` null: there are none. Files that it leaves alone leave nothing.
void write_with(UnitOfWork& work, NewFiles* files, const std::function<void(Transaction&)>& body);
/// The same with files of several objects.
void write_with(UnitOfWork& work, std::span<NewFiles* const> objects,
                const std::function<void(Transaction&)>& body);
/// Only inside of write_with of these files. Errors: as attach.
Attached attach(Transaction& transaction, NewFiles& files);
/// The same where the server brings them: nobody's rights are looked at.
Attached attach_unasked(Transaction& transaction, NewFiles& files);
Millis detach(Transaction& transaction, const ParentRef& parent, std::span<const ObjectId> ids);

/// What the part `json` of an upload says of one file: its object, and members that win over what the file
/// itself tells. Errors: SVL-0002 folder, attached or module missing; ATT-0701 no number; SVL-0010 module.
struct Announced {
  ParentRef parent;
  Attachment facts;
};
Announced parse_announced(const Json& source);

}  // namespace gw::model::attachments
