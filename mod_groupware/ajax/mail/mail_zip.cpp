// mail: zip_messages, zip_attachments. One mail or part at a time lies in a file without a name: what servers
// tell of sizes is an estimate, and an archive needs the truth before the bytes.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

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
  MailRef ref;
  std::string name;
  Millis received;
};

/// In the order of the request. Errors: MSG-0032 for a mail that is not there: nobody gets a shorter archive.
std::vector<PackedMail> find_packed(mailbox::Mailbox& mailbox, const std::vector<MailRef>& refs) {
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Envelope).add(mail::Fetch::Received);
  std::map<std::pair<std::string, mail::Uid>, mail::Message> found;
  for (const MailGroup& group : group_by_folder(refs)) {
    const std::string folder = mailbox::format_folder_path(group.folder);
    for (auto& mail : mailbox.messages(group.folder.account).get(group.folder.fullname, group.uids, fetch))
      if (mail) found.emplace(std::pair(folder, mail->uid), std::move(*mail));
  }
  std::vector<PackedMail> mails;
  for (const MailRef& ref : refs) {
    const auto mail = found.find({mailbox::format_folder_path(ref.folder), ref.uid});
    if (mail == found.end()) throw_gone(ref);
    mails.push_back({ref, clean_download_name(mail->second.subject.value_or(""), "mail"),
                     mail->second.received.value_or(Millis{})});
  }
  return mails;
}

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
  std::vector<MailRef> refs;
  for (const std::string& id : ids) refs.push_back(make_mail_ref(name, id));
  const auto mailbox = open_mailbox(invocation);
  std::vector<PackedMail> mails = find_packed(*mailbox, refs);
  std::map<std::int64_t, std::shared_ptr<mail::Access>> accesses;
  for (const MailRef& ref : refs) accesses[ref.folder.account] = mailbox->share_access(ref.folder.account);
  const std::string title = mails.size() == 1 ? mails.front().name : "mails";
  return zip_download(invocation, title,
                      [accesses = std::move(accesses), packed = std::move(mails)](
                          model::UnitOfWork&, formats::zip::ZipWriter& archive) {
                        return std::all_of(packed.begin(), packed.end(), [&](const PackedMail& each) {
                          mailbox::Spool bytes;
                          const mailbox::FolderPath& folder = each.ref.folder;
                          const bool is_there =
                              accesses.at(folder.account)
                                  ->messages()
                                  .read_raw(folder.fullname, each.ref.uid, [&](std::string_view piece) {
                                    bytes.append(piece);
                                    return true;
                                  });
                          return !is_there || pack_bytes(archive, each.name + ".eml", bytes, each.received);
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
