// mail: update, copy, delete, trash, clear, all_seen. Source: spec mail sections 7.1 and 7.2.
#include <algorithm>

#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "core/errors/imap.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mailbox/mail_moves.hpp"
#include "mailbox/unified/unified_mail.hpp"

namespace gw::ajax::mail_actions {
namespace {

constexpr int kMaxColor = 10;

Json destination(const std::string& folder, std::optional<mail::Uid> uid, bool has_id) {
  Json data = Json::object();
  data.set("folder_id", Json::string(folder));
  if (has_id) data.set("id", uid ? Json::string(std::to_string(*uid)) : Json::null());
  return data;
}

std::vector<std::string> parse_keywords(const Json& list) {
  std::vector<std::string> words;
  if (list.is_missing() || list.is_null()) return words;
  if (!list.is_array()) throw ApiError(errors::svl::kBodyType, {"an object whose user flags are arrays"});
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto word = list.at(i).to_text();
    if (!word) throw ApiError(errors::svl::kBodyType, {"an object whose user flags are texts"});
    if (word->starts_with('\\')) throw ApiError(errors::msg::kKeywordBackslash, {*word});
    words.push_back(*word);
  }
  return words;
}

/// One request of changing flags: what, and which mails.
class FlagUpdate {
 public:
  FlagUpdate(mailbox::Mailbox& mailbox, mailbox::FolderPath folder, std::optional<mail::Uid> uid)
      : mailbox_(mailbox), folder_(std::move(folder)), uid_(uid) {}

  void apply(const Json& body) {
    if (const Json color = body.get("color_label"); !color.is_missing() && !color.is_null()) set_color(color);
    if (const Json flags = body.get("flags"); !flags.is_missing() && !flags.is_null())
      change(flags, Json(), body.get("value").to_boolean().value_or(false));
    change(body.get("set_flags"), body.get("set_user_flags"), true);
    change(body.get("clear_flags"), body.get("clear_user_flags"), false);
  }
  /// Where the mail is after it was called spam, or no spam any more; without a uid it is not known where.
  std::pair<mailbox::FolderPath, std::optional<mail::Uid>> settle() {
    if (!spam_) return {folder_, uid_};
    if (!uid_) {
      mailbox::mark_all_spam(mailbox_, folder_, *spam_);
      return {folder_, uid_};
    }
    mailbox::Placed placed = mailbox::mark_spam(mailbox_, folder_, {&*uid_, 1}, *spam_);
    return {placed.folder, placed.uids.empty() ? std::nullopt : placed.uids.front()};
  }

 private:
  [[nodiscard]] std::optional<std::span<const mail::Uid>> uids() const {
    return uid_ ? std::optional(std::span<const mail::Uid>(&*uid_, 1)) : std::nullopt;
  }
  mail::MessageStorage& messages() { return mailbox_.messages(folder_.account); }

  void set_color(const Json& color) {
    const auto number = color.to_integer();
    if (!number || *number < 0 || *number > kMaxColor)
      throw ApiError(errors::msg::kUnknownColor, {color.dump()});
    if (!mailbox_.account(folder_.account).shows_colors) return;
    messages().set_color(folder_.fullname, uids(), static_cast<int>(*number));
  }

  void change(const Json& flags, const Json& keywords, bool set) {
    mail::FlagSet bits;
    if (!flags.is_missing() && !flags.is_null()) {
      const auto number = flags.to_integer();
      if (!number || *number < 0 || *number > UINT32_MAX)
        throw ApiError(errors::msg::kNotInteger, {flags.dump()});
      bits.bits = static_cast<std::uint32_t>(*number);
    }
    if (bits.has(mail::Flag::Spam)) spam_ = set;
    bits.set(mail::Flag::Spam, false);
    const std::vector<std::string> words = parse_keywords(keywords);
    if (bits.bits == 0 && words.empty()) return;
    messages().change_flags(folder_.fullname, uids(), bits, words, set);
  }

  mailbox::Mailbox& mailbox_;
  mailbox::FolderPath folder_;
  std::optional<mail::Uid> uid_;
  std::optional<bool> spam_;
};

mailbox::FolderPath target_of(const Json& body) {
  const auto text = body.get("folder_id").to_text();
  if (!text || text->empty()) throw ApiError(errors::msg::kMissingParameter, {"folder_id"});
  return mailbox::parse_folder_path(*text);
}

Json affected_folders(mailbox::Mailbox& mailbox, const std::vector<mailbox::FolderPath>& folders) {
  Json list = Json::array();
  for (const mailbox::FolderPath& folder : folders) {
    const mail::Counters counters = mailbox.folders(folder.account).counters(folder.fullname);
    list.append(Json::object()
                    .set("folder_id", Json::string(mailbox::format_folder_path(folder)))
                    .set("total", Json::integer(counters.total))
                    .set("unread", Json::integer(counters.unread)));
  }
  return Json::object().set("folders", std::move(list));
}

void remember(std::vector<mailbox::FolderPath>& folders, const mailbox::FolderPath& folder) {
  if (!folder.fullname.empty() && std::find(folders.begin(), folders.end(), folder) == folders.end())
    folders.push_back(folder);
}

/// Parameters returnAffectedFolders and withFolders must be declared.
Response delete_groups(const Invocation& invocation, mailbox::Mailbox& mailbox,
                       const std::vector<MailGroup>& groups, bool for_good) {
  const Arguments& arguments = invocation.arguments;
  const bool tells_folders = arguments.boolean("returnAffectedFolders") || arguments.boolean("withFolders");
  std::vector<mailbox::FolderPath> affected;
  for (const MailGroup& group : groups) {
    remember(affected, group.folder);
    const auto trash = mailbox::delete_mails(mailbox, group.folder, group.uids, for_good);
    if (trash) remember(affected, *trash);
  }
  return Response::with_data(tells_folders ? affected_folders(mailbox, affected) : Json::array());
}

}  // namespace

Response update(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const auto mailbox = open_mailbox(invocation);
  const std::string name(arguments.text("folder"));
  if (name.empty()) throw ApiError(errors::msg::kMissingParameter, {"folder"});
  const bool is_one = !arguments.text("id").empty() || !arguments.text("message_id").empty();
  MailRef ref{mailbox::parse_folder_path(name), 0};
  if (is_one) ref = asked_mail(invocation, *mailbox);
  if (!is_one && mailbox::unified::is_unified(ref.folder)) {
    mailbox::unified::for_each_real(*mailbox, ref.folder, [&](const mailbox::FolderPath& part) {
      FlagUpdate flags(*mailbox, part, std::nullopt);
      flags.apply(invocation.body);
      flags.settle();
    });
    return Response::with_data(destination(name, std::nullopt, false));
  }
  FlagUpdate flags(*mailbox, ref.folder, is_one ? std::optional(ref.uid) : std::nullopt);
  flags.apply(invocation.body);
  const auto [folder, uid] = flags.settle();
  const Json moves = invocation.body.get("folder_id");
  const bool is_moved = !moves.is_missing() && !moves.is_null() && uid;
  if (!is_moved && !ref.shown_folder.empty() && folder == ref.folder && uid == ref.uid)
    return Response::with_data(Json::object()
                                   .set("folder_id", Json::string(ref.shown_folder))
                                   .set("id", Json::string(ref.shown_id)));
  if (!is_moved) return Response::with_data(destination(mailbox::format_folder_path(folder), uid, is_one));
  const mailbox::FolderPath to = target_of(invocation.body);
  const auto moved = mailbox::move_mails(*mailbox, folder, to, {&*uid, 1});
  return Response::with_data(
      destination(mailbox::format_folder_path(to), moved.empty() ? std::nullopt : moved.front(), true));
}

Response copy(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const MailRef ref = asked_mail(invocation, *mailbox);
  const mailbox::FolderPath to = target_of(invocation.body);
  const auto copied = mailbox::copy_mails(*mailbox, ref.folder, to, {&ref.uid, 1});
  return Response::with_data(
      destination(mailbox::format_folder_path(to), copied.empty() ? std::nullopt : copied.front(), true));
}

Response remove(Invocation& invocation) {
  const std::vector<MailRef> mails = parse_mail_list(invocation.body);
  const auto mailbox = open_mailbox(invocation);
  const bool for_good = invocation.arguments.boolean("harddelete") || mailbox->setting("mail/harddelete");
  return delete_groups(invocation, *mailbox, group_by_folder(mails), for_good);
}

Response trash(Invocation& invocation) {
  const std::vector<MailRef> mails = parse_mail_list(invocation.body);
  const auto mailbox = open_mailbox(invocation);
  std::vector<MailGroup> groups = group_by_folder(mails);
  std::erase_if(groups, [&](const MailGroup& group) { return mailbox->lies_in_trash(group.folder); });
  return delete_groups(invocation, *mailbox, groups, false);
}

Response clear(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const bool for_good = invocation.arguments.boolean("harddelete") || mailbox->setting("mail/harddelete");
  return answer_failed_folders(invocation.body, [&](const mailbox::FolderPath& folder) {
    mailbox::unified::for_each_real(*mailbox, folder, [&](const mailbox::FolderPath& real) {
      mailbox::clear_folder(*mailbox, real, for_good);
    });
  });
}

Response all_seen(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const std::string_view name = invocation.arguments.text("folder");
  if (name.empty()) throw ApiError(errors::msg::kMissingParameter, {"folder"});
  const mailbox::FolderPath folder = mailbox::parse_folder_path(name);
  mail::FlagSet seen;
  seen.set(mail::Flag::Seen);
  mailbox::unified::for_each_real(*mailbox, folder, [&](const mailbox::FolderPath& real) {
    mailbox->messages(real.account).change_flags(real.fullname, std::nullopt, seen, {}, true);
  });
  return Response::with_data(Json::boolean(true));
}

}  // namespace gw::ajax::mail_actions
