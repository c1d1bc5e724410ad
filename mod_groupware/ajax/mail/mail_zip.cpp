// mail: zip_messages, zip_attachments. One mail or part at a time lies in a file without a name: what servers
// tell of sizes is an estimate, and an archive needs the truth before the bytes.
#include <algorithm>
#include <set>

#include "ajax/delivery/content_disposition.hpp"
#include "ajax/delivery/zip_download.hpp"
#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mail/mime/display.hpp"
#include "mail/mime/structure.hpp"
#include "mailbox/spool.hpp"

namespace gw::ajax::mail_actions {
namespace {

/// A part that is read whole, as files lie inside it.
constexpr std::size_t kMaxPackedPart = std::size_t{64} << 20U;

/// A comma list, each word once, in its order. Errors: MSG-0001 none; SVL-0010 beyond kMaxZipElements.
std::vector<std::string> listed(const Arguments& arguments, const char* name) {
  std::vector<std::string> words;
  std::set<std::string_view> known;
  for (const std::string_view word : split(arguments.text(name), ',')) {
    const std::string_view bare = trim(word);
    if (!bare.empty() && known.insert(bare).second) words.emplace_back(bare);
  }
  if (words.empty()) throw ApiError(errors::msg::kMissingParameter, {name});
  if (words.size() > kMaxZipElements)
    throw ApiError(errors::svl::kBodyIllegal, {"more than " + std::to_string(kMaxZipElements) + " elements"});
  return words;
}

/// False: the client is gone.
bool pack_bytes(formats::zip::ZipWriter& archive, const std::string& name, const mailbox::Spool& bytes,
                Millis modified) {
  if (!archive.begin_file(name, bytes.size(), modified)) return false;
  constexpr std::size_t kPiece = 65'536;
  const mail::ByteSource source = bytes.open();
  for (std::string piece = source(kPiece); !piece.empty(); piece = source(kPiece))
    if (!archive.write(piece)) return false;
  return true;
}

struct PackedMail {
  mail::Uid uid = 0;
  std::string name;
  Millis received;
};

struct PackedPart {
  mail::Part part;       ///< of the mail
  std::string inner_id;  ///< of a file inside it (mail/mime/display.hpp); empty: the part itself
  std::string name;
};

PackedPart choose_part(const mail::Part& root, const MailRef& ref, const std::string& id) {
  const std::string_view outer = mail::mime::outer_part_id(id);
  const mail::Part* part = mail::mime::find_part(root, outer);
  if (part == nullptr || part->is_multipart())
    throw ApiError(errors::msg::kAttachmentNotFound,
                   {id, std::to_string(ref.uid), mailbox::format_folder_path(ref.folder)});
  if (outer.size() < id.size()) return {*part, id, id.substr(outer.size() + 1)};
  return {*part, "", part->filename.value_or(mail::mime::made_up_name(*part))};
}

/// False: it is gone.
bool spool_part(mail::MessageStorage& storage, const MailRef& ref, const PackedPart& packed,
                mailbox::Spool& bytes) {
  if (packed.inner_id.empty())
    return storage.read_part(ref.folder.fullname, ref.uid, packed.part, [&](std::string_view piece) {
      bytes.append(piece);
      return true;
    });
  std::string whole;
  const bool is_there =
      storage.read_part(ref.folder.fullname, ref.uid, packed.part, [&](std::string_view piece) {
        whole += piece;
        return whole.size() <= kMaxPackedPart;
      });
  if (!is_there || whole.size() > kMaxPackedPart) return false;
  const auto inner = mail::mime::read_inner_file(packed.inner_id, whole);
  if (inner) bytes.append(*inner);
  return inner.has_value();
}

std::string subject_of(const mail::Message& mail) {
  return clean_download_name(mail.subject.value_or(""), "mail");
}

}  // namespace

Response zip_messages(Invocation& invocation) {
  const std::vector<std::string> ids = listed(invocation.arguments, "id");
  const std::string name(invocation.arguments.text("folder"));
  if (name.empty()) throw ApiError(errors::msg::kMissingParameter, {"folder"});
  const mailbox::FolderPath folder = mailbox::parse_folder_path(name);
  std::vector<mail::Uid> uids;
  for (const std::string& id : ids) uids.push_back(mailbox::parse_mail_id(id, name));
  const auto mailbox = open_mailbox(invocation);
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Envelope).add(mail::Fetch::Received);
  std::vector<PackedMail> mails;
  const auto found = mailbox->messages(folder.account).get(folder.fullname, uids, fetch);
  for (std::size_t i = 0; i < uids.size(); ++i) {
    // Whoever names a mail that is not there gets an error, not a shorter archive.
    if (i >= found.size() || !found[i]) throw_gone({folder, uids[i]});
    mails.push_back({uids[i], subject_of(*found[i]) + ".eml", found[i]->received.value_or(Millis{})});
  }
  const std::string title = mails.size() == 1 ? subject_of(*found.front()) : "mails";
  return zip_download(invocation, title,
                      [access = mailbox->share_access(folder.account), folder, packed = std::move(mails)](
                          model::UnitOfWork&, formats::zip::ZipWriter& archive) {
                        return std::all_of(packed.begin(), packed.end(), [&](const PackedMail& each) {
                          mailbox::Spool bytes;
                          const bool is_there = access->messages().read_raw(folder.fullname, each.uid,
                                                                            [&](std::string_view piece) {
                                                                              bytes.append(piece);
                                                                              return true;
                                                                            });
                          return !is_there || pack_bytes(archive, each.name, bytes, each.received);
                        });
                      });
}

Response zip_attachments(Invocation& invocation) {
  const std::vector<std::string> ids = listed(invocation.arguments, "attachment");
  const auto mailbox = open_mailbox(invocation);
  const MailRef ref = asked_mail(invocation, *mailbox);
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Structure).add(mail::Fetch::Envelope).add(mail::Fetch::Received);
  const mail::Message mail = load_mail(*mailbox, ref, fetch);
  if (!mail.structure) throw_gone(ref);
  std::vector<PackedPart> parts;
  for (const std::string& id : ids) {
    parts.push_back(choose_part(*mail.structure, ref, id));
    parts.back().name = clean_download_name(parts.back().name, "part");
  }
  return zip_download(
      invocation, subject_of(mail),
      [access = mailbox->share_access(ref.folder.account), ref, packed = std::move(parts),
       received = mail.received.value_or(Millis{})](model::UnitOfWork&, formats::zip::ZipWriter& archive) {
        return std::all_of(packed.begin(), packed.end(), [&](const PackedPart& each) {
          mailbox::Spool bytes;
          return !spool_part(access->messages(), ref, each, bytes) ||
                 pack_bytes(archive, each.name, bytes, received);
        });
      });
}

}  // namespace gw::ajax::mail_actions
