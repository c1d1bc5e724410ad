#include "ajax/compose/space_files.hpp"

#include "ajax/delivery/file_delivery.hpp"
#include "ajax/delivery/media_types.hpp"
#include "ajax/mail/mail_parts.hpp"
#include "ajax/upload/upload_reading.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "mail/mime/display.hpp"
#include "mail/mime/structure.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/infostore/infostore_service.hpp"

namespace gw::ajax {
namespace {

namespace compositions = model::compositions;
namespace mime = mail::mime;
using compositions::Attachment;
using compositions::Origin;

/// Inside such a part files are looked for in memory.
constexpr std::size_t kMaxPartWithFiles = std::size_t{32} << 20U;
constexpr std::size_t kMaxFileName = 255;  // characters

NewAttachment begin(Invocation& invocation, std::string_view name, Origin origin) {
  NewAttachment taken;
  const std::string valid = replace_invalid_utf8(name.empty() ? "file" : name);
  taken.facts.name = std::string(first_characters(valid, kMaxFileName));
  taken.facts.origin = origin;
  taken.bytes = compositions::begin_file(invocation.work);
  return taken;
}

/// A mail server may tell no size before, or a wrong one.
void add_bytes(const Invocation& invocation, NewAttachment& taken, std::string_view bytes) {
  taken.bytes->write(bytes);
  const std::int64_t limit = invocation.work.settings().limits.upload;
  if (limit > 0 && taken.bytes->size > limit)
    throw ApiError(errors::msg::kUploadQuotaTotal, {std::to_string(limit)});
}

/// Makes the bytes durable: a space may have many files, which shall not be open together.
NewAttachment finish(NewAttachment taken) {
  taken.bytes->commit();
  return taken;
}

/// What is declared, unless that says nothing; then the name, then the bytes.
std::string type_of(std::string_view declared, std::string_view name, std::string_view first_bytes) {
  std::string type = bare_media_type(declared);
  if (type.empty() || type == kUnknownType) type = media_type_of_name(name);
  if (type == kUnknownType) type = sniff_media_type(first_bytes.substr(0, kSniffedBytes));
  return type;
}

std::string fresh_content_id() { return random_hex(16) + "@groupware"; }

NewAttachment take_drive_file(Invocation& invocation, const std::string& id) {
  if (!invocation.caller().modules.has(model::Module::Infostore))
    throw ApiError(errors::svl::kNoPermission, {"infostore"});
  auto content = model::infostore::open_content(invocation.work, model::infostore::parse_item_id(id));
  invocation.work.release();
  const StoredBytes bytes{std::move(content.store), content.item.file_id.value_or(""),
                          content.item.file_size};
  NewAttachment taken = begin(invocation, content.item.filename.value_or(""), Origin::Drive);
  std::string first;
  pour(bytes, {0, bytes.size}, [&](std::string_view piece) {
    if (first.empty()) first = piece.substr(0, kSniffedBytes);
    add_bytes(invocation, taken, piece);
    return true;
  });
  taken.facts.media_type = type_of(content.item.file_mimetype.value_or(""), taken.facts.name, first);
  return finish(std::move(taken));
}

}  // namespace

NewAttachment take_upload(Invocation& invocation, const Upload& upload, bool is_inline) {
  check_upload_size(invocation, upload.file_name, upload.size);
  NewAttachment taken = begin(invocation, upload.file_name, Origin::Upload);
  std::string first;
  read_upload(upload, [&](std::string_view piece) {
    if (first.empty()) first = piece.substr(0, kSniffedBytes);
    taken.bytes->write(piece);
  });
  taken.facts.media_type = type_of(upload.content_type, upload.file_name, first);
  taken.facts.is_inline = is_inline;
  if (is_inline) taken.facts.content_id = fresh_content_id();
  return finish(std::move(taken));
}

NewAttachment take_card(Invocation& invocation, const NamedCard& card, Origin origin) {
  NewAttachment taken = begin(invocation, card.name, origin);
  add_bytes(invocation, taken, card.bytes);
  taken.facts.media_type = "text/vcard";
  return finish(std::move(taken));
}

NewAttachment take_named(Invocation& invocation, const Json& named) {
  const std::string origin = to_lower_ascii(named.get("origin").as_string());
  const auto id = named.get("id").to_text();
  if (!id || id->empty()) throw ApiError(errors::msg::kMissingParameter, {"id"});
  if (origin == "drive") return take_drive_file(invocation, *id);
  if (origin != "contact") throw ApiError(errors::msg::kBadParameter, {"origin", origin});
  const auto folder = named.get("folderId").to_integer();
  const auto number = parse_integer(*id);
  if (!folder || !number) throw ApiError(errors::msg::kBadParameter, {"id", *id});
  const auto contact = model::contacts::get(invocation.work, {FolderId(*folder), ObjectId(*number)});
  return take_card(invocation, write_named_vcard(invocation.work, contact), Origin::Contact);
}

NewAttachment take_mail(Invocation& invocation, mailbox::Mailbox& mailbox, const mailbox::MailPath& path,
                        const mail::Message& message) {
  NewAttachment taken =
      begin(invocation, mime::message_file_name(message.subject.value_or("")), Origin::Mail);
  taken.facts.media_type = "message/rfc822";
  taken.facts.source = source_of(path, "");
  const auto keep = [&](std::string_view piece) {
    add_bytes(invocation, taken, piece);
    return true;
  };
  if (!mailbox.messages(path.folder.account).read_raw(path.folder.fullname, path.uid, keep))
    throw_original_gone(path);
  return finish(std::move(taken));
}

NewAttachment take_part(Invocation& invocation, mailbox::Mailbox& mailbox, const PartOfMail& wanted) {
  const mailbox::MailPath& path = wanted.path;
  const std::string_view outer = mime::outer_part_id(wanted.id);
  const bool is_inner = outer.size() < wanted.id.size();
  const mail::Part* part = mime::find_part(wanted.root, outer);
  const auto not_found = [&] {
    return ApiError(errors::msg::kPartNotFound,
                    {wanted.id, std::to_string(path.uid), mailbox::format_folder_path(path.folder)});
  };
  if (part == nullptr) throw not_found();
  const std::string name = is_inner ? wanted.id.substr(wanted.id.find(':') + 1)
                                    : part->filename.value_or(mime::made_up_name(*part));
  NewAttachment taken = begin(invocation, name, Origin::Mail);
  taken.facts.source = source_of(path, wanted.id);
  taken.facts.media_type = is_inner ? std::string(kUnknownType) : part->media_type();
  std::string held;
  const auto keep = [&](std::string_view piece) {
    if (!is_inner) add_bytes(invocation, taken, piece);
    if (is_inner && held.size() + piece.size() > kMaxPartWithFiles) return false;
    if (is_inner) held += piece;
    return true;
  };
  if (!mailbox.messages(path.folder.account).read_part(path.folder.fullname, path.uid, *part, keep))
    throw_original_gone(path);
  if (is_inner) {
    const auto bytes = mime::read_inner_file(wanted.id, held);
    if (!bytes) throw not_found();
    add_bytes(invocation, taken, *bytes);
  }
  return finish(std::move(taken));
}

std::string source_of(const mailbox::MailPath& path, std::string_view part) {
  return mailbox::format_mail_path(path.folder, path.uid) + "#" + std::string(part);
}

}  // namespace gw::ajax
