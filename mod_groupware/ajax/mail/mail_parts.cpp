#include "ajax/mail/mail_parts.hpp"

#include "ajax/delivery/media_types.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/html/cleaner.hpp"
#include "mail/mime/display.hpp"
#include "model/files/file_spaces.hpp"
#include "model/files/managed_files.hpp"
#include "model/snippets/snippet_service.hpp"

namespace gw::ajax {
namespace {

namespace mime = mail::mime;

std::optional<mime::Attachment> image_of_file(Invocation& invocation, const std::string& id) {
  const auto found = model::files::use_managed_file(invocation.work, id);
  if (!found) return std::nullopt;
  const StoredBytes bytes{model::files::open_space_of(invocation.work, found->file.owner, found->file.id),
                          found->file.id, found->file.size};
  invocation.work.release();
  return attach_spool(spool_stored(bytes), found->name, found->media_type);
}

/// Signatures show their images by such addresses.
std::optional<mime::Attachment> image_of_snippet(Invocation& invocation, const Parameters& query) {
  const auto id = parse_integer(query.get("id"));
  if (!id) return std::nullopt;
  try {
    const auto snippet = model::snippets::load(invocation.work, *id);
    const auto& found = model::snippets::find_attachment(snippet, query.get("uid"));
    if (primary_type(found.media_type) != "image") return std::nullopt;
    const StoredBytes bytes{model::files::open_space_of(invocation.work, found.file.owner, found.file.id),
                            found.file.id, found.file.size};
    invocation.work.release();
    return attach_spool(spool_stored(bytes), found.name, found.media_type);
  } catch (const ApiError&) {
    return std::nullopt;  // gone, or shared no more
  }
}

std::optional<mime::Attachment> image_of_mail(mailbox::Mailbox& mailbox, const Parameters& query) {
  const std::string folder = query.get("folder");
  const std::string wanted = query.get("uid");
  if (folder.empty() || wanted.empty()) return std::nullopt;
  const mailbox::MailPath path{mailbox::parse_folder_path(folder),
                               mailbox::parse_mail_id(query.get("id"), folder)};
  const auto root = structure_of(mailbox, path);
  if (!root) return std::nullopt;
  std::vector<const mail::Part*> open{&*root};
  while (!open.empty()) {
    const mail::Part* part = open.back();
    open.pop_back();
    if (part->type == "image" &&
        (part->content_id == wanted || part->filename == wanted || part->id == wanted))
      return spool_part(mailbox, path, *part);
    for (const mail::Part& child : part->children) open.push_back(&child);
  }
  return std::nullopt;
}

}  // namespace

mime::Attachment attach_spool(const mailbox::Spool& spool, std::string name, std::string type) {
  mime::Attachment file;
  file.open = [spool] { return spool.open(); };
  file.name = std::move(name);
  if (!type.empty()) file.type = std::move(type);
  return file;
}

mailbox::Spool spool_stored(const StoredBytes& bytes) {
  mailbox::Spool spool;
  pour(bytes, {0, bytes.size}, [&](std::string_view piece) {
    spool.append(piece);
    return true;
  });
  return spool;
}

void throw_original_gone(const mailbox::MailPath& path) {
  throw ApiError(errors::msg::kReferencedMailGone,
                 {std::to_string(path.uid), mailbox::format_folder_path(path.folder)});
}

std::optional<mail::Part> structure_of(mailbox::Mailbox& mailbox, const mailbox::MailPath& path) {
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Structure);
  auto found = mailbox.messages(path.folder.account).get(path.folder.fullname, {&path.uid, 1}, fetch);
  return found.empty() || !found.front() ? std::nullopt : std::move(found.front()->structure);
}

mime::Attachment spool_part(mailbox::Mailbox& mailbox, const mailbox::MailPath& path,
                            const mail::Part& part) {
  mailbox::Spool spool;
  const auto keep = [&](std::string_view piece) {
    spool.append(piece);
    return true;
  };
  if (!mailbox.messages(path.folder.account).read_part(path.folder.fullname, path.uid, part, keep))
    throw_original_gone(path);
  mime::Attachment file =
      attach_spool(spool, part.filename.value_or(mime::made_up_name(part)), part.media_type());
  file.is_message = part.is("message", "rfc822");
  return file;
}

mime::Attachment spool_mail(mailbox::Mailbox& mailbox, const mailbox::MailPath& path) {
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Envelope);
  mail::MessageStorage& storage = mailbox.messages(path.folder.account);
  auto found = storage.get(path.folder.fullname, {&path.uid, 1}, fetch);
  if (found.empty() || !found.front()) throw_original_gone(path);
  mailbox::Spool spool;
  const auto keep = [&](std::string_view piece) {
    spool.append(piece);
    return true;
  };
  if (!storage.read_raw(path.folder.fullname, path.uid, keep)) throw_original_gone(path);
  mime::Attachment file =
      attach_spool(spool, mime::message_file_name(found.front()->subject.value_or("")), {});
  file.is_message = true;
  return file;
}

std::optional<mime::Attachment> find_own_image(Invocation& invocation, mailbox::Mailbox& mailbox,
                                               std::string_view address) {
  if (const auto query = query_of_own_address(address, "image/mail/picture"))
    return image_of_mail(mailbox, Parameters::parse(*query));
  if (const auto query = query_of_own_address(address, "image/snippet/image"))
    return image_of_snippet(invocation, Parameters::parse(*query));
  return find_parked_image(invocation, address);
}

std::optional<mime::Attachment> find_parked_image(Invocation& invocation, std::string_view address) {
  for (const char* path : {"file", "image/mfile/picture"})
    if (const auto query = query_of_own_address(address, path))
      return image_of_file(invocation, Parameters::parse(*query).get(path[0] == 'f' ? "id" : "uid"));
  return std::nullopt;
}

void set_html_body(mime::Composition& to, const std::string& html, const std::string& root,
                   const ImageFinder& find) {
  mail::html::CleanOptions options;
  options.is_embedded = false;
  if (!root.empty()) options.images.api_roots.push_back(root);
  const mail::html::CleanResult clean = mail::html::clean_html(html, options);
  // Its text would be a notice for readers.
  if (clean.is_refused) throw ApiError(errors::msg::kContentTooBig);
  HtmlWithImages split = take_inline_images(clean.html, find);
  to.html = std::move(split.html);
  for (mime::Attachment& image : split.images) to.attachments.push_back(std::move(image));
}

}  // namespace gw::ajax
