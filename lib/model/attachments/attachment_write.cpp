// Attaching and detaching. Source: spec tasks-reminders-attachments section 5.
#include <algorithm>

#include "core/errors/account.hpp"
#include "core/errors/attachment.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/attachments/attachment_fields.hpp"
#include "model/attachments/attachment_service.hpp"
#include "model/attachments/attachment_store.hpp"
#include "model/attachments/attachment_writer.hpp"
#include "model/changes.hpp"
#include "model/field_json.hpp"
#include "model/files/incoming_file.hpp"

namespace gw::model::attachments {
namespace {

constexpr FieldErrors kFieldErrors{errors::att::kBadCharacter, errors::att::kBadCharacter,
                                   errors::svl::kBadParameter};

const AttachmentParent& parent_of(const ParentRef& parent) {
  const AttachmentParent* found = find_parent(static_cast<std::int64_t>(parent.module));
  if (found == nullptr)
    throw ApiError(errors::svl::kBadParameter,
                   {"module", std::to_string(static_cast<std::int64_t>(parent.module))});
  return *found;
}

/// A name that can be saved on a disk and that fits into a header.
void check_name(const std::optional<std::string>& name) {
  const bool is_usable = name && !name->empty() && *name != "." && *name != ".." && is_valid_utf8(*name) &&
                         name->find('/') == name->npos && !has_control_characters(*name) &&
                         name->find('\n') == name->npos && name->find('\r') == name->npos;
  if (!is_usable) throw ApiError(errors::att::kBadCharacter, {"filename"});
}

/// `more` files for an object that has `present`.
void check_count(UnitOfWork& work, std::int64_t present, std::int64_t more) {
  const auto refuse = [](std::int64_t used, std::int64_t limit) {
    throw ApiError(errors::quota::kExceeded, {"attachments", std::to_string(used), std::to_string(limit)});
  };
  if (present + more > kMaxPerObject) refuse(present, kMaxPerObject);
  const std::int64_t limit = administration::count_limit(work.connection(), work.context(), "attachment",
                                                         work.settings().limits.attachments_per_context);
  if (limit < 0) return;
  const std::int64_t used = store::count_context(work.connection(), work.context());
  if (used + more > limit) refuse(used, limit);
}

std::int64_t count_of(UnitOfWork& work, const ParentRef& parent) {
  return static_cast<std::int64_t>(
      store::list_of_object(work.connection(), work.context(), parent.module, parent.object).size());
}

void require_writable(UnitOfWork& work, const ParentRef& parent) {
  parent_of(parent).check_writable(work, parent.folder, parent.object);
}

std::int64_t needed_number(const Json& source, const char* name) {
  const Json value = source.get(name);
  const auto text = value.to_text();
  if (!text || text->empty()) throw ApiError(errors::svl::kMissing, {name});
  const auto number = value.to_integer();
  if (!number || *number < 0) throw ApiError(errors::att::kNoNumber, {name, *text});
  return *number;
}

}  // namespace

struct NewFiles::State {
  struct File {
    Attachment facts;
    std::unique_ptr<files::IncomingFile> bytes;
  };
  UnitOfWork& work;
  ParentRef parent;
  std::vector<File> files;
  bool is_attached = false;  ///< by the transaction
};

NewFiles::NewFiles(UnitOfWork& work, const ParentRef& parent)
    : state(std::make_unique<State>(State{work, parent, {}})) {
  parent_of(parent).check_writable(work, parent.folder, parent.object);
}

NewFiles::NewFiles(UnitOfWork& work, ParentModule module)
    : state(std::make_unique<State>(State{work, {module, {}, {}}, {}})) {}

NewFiles::NewFiles(NewFiles&&) noexcept = default;
NewFiles::~NewFiles() = default;

const ParentRef& NewFiles::parent() const { return state->parent; }

void NewFiles::belong_to(const ParentRef& parent) { state->parent = parent; }

void NewFiles::begin(const Attachment& facts, std::int64_t size_hint) {
  check_name(facts.filename);
  check_count(state->work, count_of(state->work, state->parent),
              static_cast<std::int64_t>(state->files.size()) + 1);
  state->files.push_back(
      {facts, std::make_unique<files::IncomingFile>(state->work, files::kContextFiles, size_hint)});
}

void NewFiles::write(std::string_view bytes) { state->files.back().bytes->write(bytes); }

files::FileName file_name(const Attachment& attachment) {
  return {files::kContextFiles, attachment.file_id.value_or(""), attachment.file_size};
}

void erase(Transaction& transaction, ContextId context, const Attachment& attachment) {
  store::remove(transaction.connection(), context, ObjectId(attachment.id));
  write_tombstone(transaction.connection(), context, ObjectModule::Attachment, FolderId(attachment.attached),
                  ObjectId(attachment.id), transaction.stamp());
  files::discard_files(transaction, context, {file_name(attachment)});
}

void settle_counters(Transaction& transaction, const AttachmentParent& parent, ObjectId object) {
  Counters counters;
  for (const Attachment& attachment : store::list_of_object(
           transaction.connection(), transaction.work().context(), parent.module(), object)) {
    ++counters.number;
    counters.newest = std::max(counters.newest, attachment.creation_date);
  }
  parent.set_counters(transaction, object, counters);
}

namespace {

void add_bytes_of(const NewFiles& object, std::vector<files::IncomingFile*>& incoming) {
  for (const NewFiles::State::File& file : object.state->files) incoming.push_back(file.bytes.get());
}

/// The rows of one object's files, which may be attached to it.
void insert_rows(Transaction& transaction, const NewFiles::State& incoming, std::vector<ObjectId>& ids) {
  UnitOfWork& work = transaction.work();
  const ParentRef& parent = incoming.parent;
  const AttachmentParent& module = parent_of(parent);
  check_count(work, count_of(work, parent), static_cast<std::int64_t>(incoming.files.size()));
  for (const NewFiles::State::File& file : incoming.files) {
    files::check_room(files::load_space(transaction.connection(), work.context(), files::kContextFiles),
                      file.bytes->size);
    files::add_used_bytes(transaction.connection(), work.context(), files::kContextFiles, file.bytes->size);
    Attachment row = file.facts;
    row.id = transaction.next_id();
    row.created_by = work.caller().user.value;
    row.creation_date = transaction.stamp();
    row.attached = parent.object.value;
    row.module = static_cast<std::int64_t>(parent.module);
    row.file_size = file.bytes->size;
    row.file_id = file.bytes->file_id;
    if (!row.file_mimetype) row.file_mimetype = "application/octet-stream";
    store::insert(transaction.connection(), work.context(), row);
    ids.emplace_back(row.id);
  }
  settle_counters(transaction, module, parent.object);
}

}  // namespace

Attached attach(UnitOfWork& work, std::span<NewFiles> files) {
  std::vector<files::IncomingFile*> incoming;
  for (const NewFiles& object : files) add_bytes_of(object, incoming);
  if (incoming.empty()) throw ApiError(errors::att::kNoFile);
  Attached attached;
  files::write_with_files(work, incoming, [&](Transaction& transaction) {
    attached.ids.clear();
    attached.timestamp = transaction.stamp(static_cast<std::int64_t>(incoming.size()));
    for (const NewFiles& object : files) {
      require_writable(work, object.parent());
      insert_rows(transaction, *object.state, attached.ids);
    }
  });
  return attached;
}

void write_with(UnitOfWork& work, NewFiles* files, const std::function<void(Transaction&)>& body) {
  write_with(work, std::span(&files, files == nullptr ? 0 : 1), body);
}

void write_with(UnitOfWork& work, std::span<NewFiles* const> objects,
                const std::function<void(Transaction&)>& body) {
  std::vector<files::IncomingFile*> incoming;
  for (const NewFiles* object : objects) add_bytes_of(*object, incoming);
  if (incoming.empty()) return work.write(body);
  files::write_with_files(work, incoming, [&](Transaction& transaction) {
    for (NewFiles* object : objects) object->state->is_attached = false;
    body(transaction);
  });
  for (const NewFiles* object : objects)
    for (const NewFiles::State::File& file : object->state->files)
      file.bytes->is_kept = object->state->is_attached;
}

Attached attach(Transaction& transaction, NewFiles& files) {
  transaction.stamp();
  require_writable(transaction.work(), files.parent());
  return attach_unasked(transaction, files);
}

Attached attach_unasked(Transaction& transaction, NewFiles& files) {
  Attached attached;
  attached.timestamp = transaction.stamp();
  insert_rows(transaction, *files.state, attached.ids);
  files.state->is_attached = true;
  return attached;
}

Millis detach(Transaction& transaction, const ParentRef& parent, std::span<const ObjectId> ids) {
  UnitOfWork& work = transaction.work();
  const AttachmentParent& module = parent_of(parent);
  const Millis stamp = transaction.stamp();
  module.check_writable(work, parent.folder, parent.object);
  auto present =
      store::list_of_object(transaction.connection(), work.context(), parent.module, parent.object);
  for (const ObjectId id : ids) {
    const auto found = std::find_if(present.begin(), present.end(),
                                    [&](const Attachment& one) { return one.id == id.value; });
    if (found == present.end()) throw ApiError(errors::att::kNotFound, {std::to_string(id.value)});
    erase(transaction, work.context(), *found);
    present.erase(found);
  }
  settle_counters(transaction, module, parent.object);
  return stamp;
}

Millis detach(UnitOfWork& work, const ParentRef& parent, std::span<const ObjectId> ids) {
  Millis stamp;
  work.write([&](Transaction& transaction) { stamp = detach(transaction, parent, ids); });
  return stamp;
}

Announced parse_announced(const Json& source) {
  if (!source.is_object())
    throw ApiError(errors::svl::kBodyType, {"an object with folder, attached and module"});
  Announced announced;
  announced.parent.folder = FolderId(needed_number(source, "folder"));
  announced.parent.object = ObjectId(needed_number(source, "attached"));
  announced.parent.module = parse_module(needed_number(source, "module"));
  parse_object(announced.facts, source, attachment_fields(), kFieldErrors, true);
  if (announced.facts.filename) check_name(announced.facts.filename);
  return announced;
}

}  // namespace gw::model::attachments
