#include "mailbox/scheduling/invitation_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/log.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace attachments = model::attachments;
using model::calendar::Invitation;
using model::calendar::InvitationFile;
using model::calendar::InvitationPart;

const mail::Part* part_with_id(const mail::Part& root, std::string_view content_id) {
  if (!root.is_multipart()) return root.content_id == content_id ? &root : nullptr;
  for (const mail::Part& child : root.children)
    if (const mail::Part* found = part_with_id(child, content_id)) return found;
  return nullptr;
}

class FileFetcher {
 public:
  explicit FileFetcher(const MailSource& source) : source_(source), work_(source.mailbox.work()) {}

  void fetch(const InvitationFile& file) {
    const mail::Part* part =
        file.content_id.empty() ? nullptr : part_with_id(source_.structure, file.content_id);
    if (part == nullptr && file.bytes.empty()) return;
    std::string bytes = file.bytes;
    const auto room = static_cast<std::size_t>(kLargestFilesTaken - taken_);
    if (part != nullptr)
      source_.mailbox.messages(source_.folder.account)
          .read_part(source_.folder.fullname, source_.uid, *part, [&](std::string_view piece) {
            bytes += piece;
            return bytes.size() <= room;
          });
    if (bytes.empty() || bytes.size() > room) return leave_out("it is too large");
    store(file, bytes);
  }

  std::vector<FetchedFiles> run(const Invitation& invitation) {
    std::vector<FetchedFiles> found;
    work_.release();
    const auto fetch_part = [&](const InvitationPart& part) {
      for (const InvitationFile& file : part.files)
        if (&part == main_of(invitation) || !is_of_series(invitation, file)) fetch(file);
      if (files_) found.push_back({&part, std::move(*files_)});
      files_.reset();
    };
    if (invitation.main) fetch_part(*invitation.main);
    for (const InvitationPart& part : invitation.occurrences) fetch_part(part);
    return found;
  }

 private:
  static const InvitationPart* main_of(const Invitation& invitation) {
    return invitation.main ? &*invitation.main : nullptr;
  }

  static bool is_of_series(const Invitation& invitation, const InvitationFile& file) {
    if (!invitation.main) return false;
    const auto& known = invitation.main->files;
    return std::any_of(known.begin(), known.end(), [&](const InvitationFile& each) {
      return each.name == file.name && each.content_id == file.content_id && each.bytes == file.bytes;
    });
  }

  /// What was begun cannot be taken back: where one has no room, none is taken.
  void store(const InvitationFile& file, const std::string& bytes) {
    if (is_full_) return;
    if (count_ >= kMostFilesTaken) return leave_out("they are too many");
    try {
      if (!files_) files_.emplace(work_, attachments::ParentModule::Appointment);
      attachments::Attachment facts;
      facts.filename = file.name;
      facts.file_mimetype = file.media_type;
      files_->begin(facts, static_cast<std::int64_t>(bytes.size()));
      files_->write(bytes);
      taken_ += static_cast<std::int64_t>(bytes.size());
      ++count_;
    } catch (const ApiError& error) {
      is_full_ = true;
      files_.reset();
      leave_out(format_code(error.code()));
    }
  }

  void leave_out(std::string_view why) const {
    log(LogLevel::Info, "GW0605",
        fmt::format("a file of an invitation of user {} in context {} was left out: {}",
                    work_.caller().user.value, work_.context().value, why));
  }

  const MailSource& source_;
  model::UnitOfWork& work_;
  std::optional<attachments::NewFiles> files_;
  std::int64_t taken_ = 0;
  std::size_t count_ = 0;
  bool is_full_ = false;
};

}  // namespace

std::vector<FetchedFiles> fetch_files(const MailSource& source, const Invitation& invitation) {
  const auto has_files = [](const InvitationPart& part) { return !part.files.empty(); };
  const bool has_any = (invitation.main && has_files(*invitation.main)) ||
                       std::any_of(invitation.occurrences.begin(), invitation.occurrences.end(), has_files);
  if (!has_any || source.mailbox.work().environment().files == nullptr) return {};
  return FileFetcher(source).run(invitation);
}

}  // namespace gw::mailbox::scheduling
