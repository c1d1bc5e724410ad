#include "mailbox/drive_mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "core/log.hpp"
#include "core/text.hpp"
#include "mailbox/drive_mail_reference.hpp"
#include "mailbox/drive_mail_text.hpp"
#include "model/folders/drive_mail_folders.hpp"
#include "model/infostore/infostore_write.hpp"
#include "model/shares/links.hpp"

namespace gw::mailbox {
namespace {

namespace infostore = model::infostore;
using mail::mime::Attachment;
using mail::mime::Composition;

bool goes_as_link(const Composition& mail, const Attachment& file) { return !(file.is_inline && mail.html); }

std::string day_of(const model::UnitOfWork& work, Millis instant) {
  return format_iso_date(Date::from_millis(to_zone_time(instant, work.caller().timezone)));
}

FolderId make_folder(model::UnitOfWork& work, const DriveMailWish& wish, const Composition& mail) {
  model::folders::remove_ended_drive_mail(work);
  return model::folders::create_drive_mail_folder(
      work, {folder_title(mail.subject, day_of(work, work.now())),
             wish.deletes_files ? wish.link.expires : Millis{}, wish.link});
}

/// The name that a file may have in a folder.
std::string file_name(const Attachment& file) {
  constexpr std::size_t kMaxFileName = 200;
  std::string name(trim(first_characters(trim(replace_invalid_utf8(file.name)), kMaxFileName)));
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '/'; }, '_');
  if (name.empty() || name == "." || name == "..") return file.is_message ? "part.eml" : "file";
  return name;
}

DriveMailFile store_file(model::UnitOfWork& work, FolderId folder, const Attachment& file) {
  constexpr std::size_t kPieceOfFile = 65'536;
  const infostore::ItemInput input =
      infostore::parse_item(Json::object()
                                .set("folder_id", Json::string(std::to_string(folder.value)))
                                .set("filename", Json::string(file_name(file)))
                                .set("file_mimetype", Json::string(file.type)),
                            true);
  infostore::Deposit deposit(work, folder);
  const mail::ByteSource source = file.open();
  for (std::string piece = source(kPieceOfFile); !piece.empty(); piece = source(kPieceOfFile))
    deposit.write(piece);
  const std::int64_t size = deposit.size();
  return {infostore::create(work, input, std::move(deposit)).filename, size};
}

void set_header(Composition& mail, std::string_view name, std::string value) {
  std::erase_if(mail.custom_headers,
                [&](const auto& header) { return equal_ignoring_ascii_case(header.first, name); });
  mail.custom_headers.emplace_back(name, std::move(value));
}

}  // namespace

bool has_files_to_share(const Composition& mail) {
  return std::any_of(mail.attachments.begin(), mail.attachments.end(),
                     [&](const Attachment& file) { return goes_as_link(mail, file); });
}

DriveMailFolderGuard::~DriveMailFolderGuard() {
  if (is_kept_) return;
  try {
    model::folders::discard_drive_mail_folder(work_, folder_);
  } catch (const std::exception& error) {
    log(LogLevel::Warning, "GW0410",
        fmt::format("the files of a mail that was not sent stay in folder {}: {}", folder_.value,
                    error.what()));
  }
}

DriveMail::DriveMail(model::UnitOfWork& work, const DriveMailWish& wish, Composition& mail)
    : work_(work), folder_(work, make_folder(work, wish, mail)) {
  const FolderId folder = folder_.folder();
  DriveMailNote note;
  for (const Attachment& file : mail.attachments)
    if (goes_as_link(mail, file)) note.files.push_back(store_file(work, folder, file));
  std::erase_if(mail.attachments, [&](const Attachment& file) { return goes_as_link(mail, file); });
  const model::shares::Link link =
      model::shares::find_link(work, {model::ObjectModule::Infostore, folder, {}});
  note.url = wish.share_base + link.token;
  note.has_password = link.has_password;
  note.locale = wish.locale;
  if (link.expires.value > 0) note.last_day = day_of(work, link.expires);
  put_note(mail, note);
  set_header(mail, kShareUrlHeader, note.url);
  set_header(mail, kShareReferenceHeader,
             seal_reference(work, {work.context(), work.caller().user, folder, link.guest}));
  work.release();
}

void DriveMail::let_go() { model::folders::let_drive_mail_go(work_, folder_.folder()); }

}  // namespace gw::mailbox
