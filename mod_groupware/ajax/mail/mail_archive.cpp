// mail: archive, archive_folder, move_all, expunge. Source: spec mail section 7.3.
#include <algorithm>

#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "mailbox/mail_archive.hpp"
#include "mailbox/mail_moves.hpp"
#include "mailbox/unified/unified_mail.hpp"

namespace gw::ajax::mail_actions {
namespace {

constexpr std::int64_t kArchiveDays = 90;
/// A hundred years: what is older is no mail.
constexpr std::int64_t kMaxArchiveDays = 36'525;

Json write_places(const std::vector<mailbox::ArchivePlace>& places) {
  Json list = Json::array();
  for (const mailbox::ArchivePlace& place : places)
    list.append(Json::object()
                    .set("id", Json::string(mailbox::format_folder_path(place.folder)))
                    .set("created", Json::boolean(place.is_new)));
  return list;
}

}  // namespace

Response archive(Invocation& invocation) {
  const std::vector<MailRef> mails = parse_mail_list(invocation.body);
  const auto mailbox = open_mailbox(invocation);
  std::vector<mailbox::ArchivePlace> places;
  for (const MailGroup& group : group_by_folder(mails)) {
    for (mailbox::ArchivePlace& place : mailbox::archive_mails(*mailbox, group.folder, group.uids)) {
      const auto is_it = [&](const mailbox::ArchivePlace& known) { return known.folder == place.folder; };
      if (std::none_of(places.begin(), places.end(), is_it)) places.push_back(std::move(place));
    }
  }
  return Response::with_data(write_places(places));
}

Response archive_folder(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const std::int64_t days = arguments.integer("days", kArchiveDays);
  if (days < 0 || days > kMaxArchiveDays)
    throw ApiError(errors::msg::kBadParameter, {"days", std::to_string(days)});
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = mailbox::parse_folder_path(arguments.text("folder"));
  constexpr std::int64_t kDay = 86'400'000;
  const Millis end{invocation.work.now().value - days * kDay};
  if (!mailbox::unified::is_unified(folder))
    return Response::with_data(write_places(mailbox::archive_before(*mailbox, folder, end)));
  mailbox::unified::UnifiedMail unified(*mailbox, folder);
  std::vector<mailbox::ArchivePlace> places;
  // Every account has its own archive.
  unified.for_each([&](const mailbox::FolderPath& real) {
    for (mailbox::ArchivePlace& place : mailbox::archive_before(*mailbox, real, end))
      places.push_back(std::move(place));
  });
  Response response = Response::with_data(write_places(places));
  for (const auto& [code, words] : unified.warnings()) response.warnings.push_back({code, words});
  return response;
}

Response move_all(Invocation& invocation) {
  mailbox::FolderPath ends[2];
  const char* names[] = {"source", "target"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    const auto text = invocation.body.get(names[i]).to_text();
    if (!text || text->empty()) throw ApiError(errors::msg::kMissingParameter, {names[i]});
    ends[i] = mailbox::parse_folder_path(*text);
  }
  const auto mailbox = open_mailbox(invocation);
  mailbox::unified::for_each_real(*mailbox, ends[0], [&](const mailbox::FolderPath& source) {
    mailbox::move_all(*mailbox, source, ends[1]);
  });
  return Response::with_data(Json::boolean(true));
}

Response expunge(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  return answer_failed_folders(invocation.body, [&](const mailbox::FolderPath& folder) {
    mailbox::unified::for_each_real(
        *mailbox, folder, [&](const mailbox::FolderPath& real) { mailbox::expunge(*mailbox, real); });
  });
}

}  // namespace gw::ajax::mail_actions
