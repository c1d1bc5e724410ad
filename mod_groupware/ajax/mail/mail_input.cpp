#include "ajax/mail/mail_input.hpp"

#include <map>

#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mailbox/unified/unified_folders.hpp"

namespace gw::ajax {

void require_whole(const mail::AddressList& list) {
  if (list.size() >= mail::mime::kMaxAddresses)
    throw ApiError(errors::msg::kTooManyRecipients, {std::to_string(mail::mime::kMaxAddresses)});
}

MailRef make_mail_ref(std::string_view folder, std::string_view id) {
  const mailbox::FolderPath path = mailbox::parse_folder_path(folder);
  if (!mailbox::unified::is_unified(path)) return {path, mailbox::parse_mail_id(id, folder)};
  mailbox::unified::parse_place(path.fullname);
  const mailbox::MailPath real = mailbox::unified::parse_unified_id(id, folder);
  return {real.folder, real.uid, std::string(folder), std::string(trim(id))};
}

MailRef parse_mail_ref(const Json& element) {
  if (!element.is_object()) throw ApiError(errors::svl::kBodyType, {"objects with folder and id"});
  const Json named = element.get("folder");
  const auto folder = (named.is_missing() ? element.get("folder_id") : named).to_text();
  const auto id = element.get("id").to_text();
  if (!folder || !id) throw ApiError(errors::svl::kBodyType, {"objects with folder and id"});
  return make_mail_ref(*folder, *id);
}

std::vector<MailRef> parse_mail_list(const Json& body) {
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of mails"});
  if (body.size() > kMaxMails)
    throw ApiError(errors::svl::kBodyIllegal, {"more than " + std::to_string(kMaxMails) + " mails"});
  std::vector<MailRef> mails;
  mails.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) mails.push_back(parse_mail_ref(body.at(i)));
  return mails;
}

std::vector<MailGroup> group_by_folder(const std::vector<MailRef>& mails) {
  std::vector<MailGroup> groups;
  std::map<std::string, std::size_t> known;
  for (const MailRef& mail : mails) {
    const auto [place, is_new] = known.try_emplace(mailbox::format_folder_path(mail.folder), groups.size());
    if (is_new) groups.push_back({mail.folder, {}});
    groups[place->second].uids.push_back(mail.uid);
    if (!mail.shown_folder.empty()) groups[place->second].is_unified = true;
  }
  return groups;
}

mail::AddressList parse_address_value(const Json& value) {
  if (value.is_missing() || value.is_null()) return {};
  if (value.is_string()) {
    mail::AddressList list = mail::mime::parse_addresses(value.as_string());
    require_whole(list);
    return list;
  }
  mail::AddressList list;
  for (std::size_t i = 0; i < value.size(); ++i) {
    require_whole(list);
    const Json pair = value.at(i);
    if (pair.is_string()) {
      for (mail::Address& each : mail::mime::parse_addresses(pair.as_string()))
        list.push_back(std::move(each));
      continue;
    }
    const auto address = pair.at(1).to_text();
    if (!address || address->empty()) throw ApiError(errors::msg::kBadAddress, {pair.dump()});
    mail::Address entry;
    // A name may come as it was shown: in quotes.
    const auto name = pair.at(0).to_text();
    if (name && !name->empty()) {
      const mail::AddressList read = mail::mime::parse_addresses(*name + " <x@x>");
      entry.personal = name->starts_with('"') && !read.empty() ? read.front().personal : name;
    }
    entry.address = trim(*address);
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace gw::ajax
