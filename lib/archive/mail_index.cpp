#include "archive/mail_index.hpp"

#include "archive/broken_archive.hpp"
#include "core/json.hpp"

namespace gw::archive {
namespace {

constexpr std::size_t kMostKeywords = 1'000;

Json parse_object(std::string_view line) {
  auto json = Json::parse(line);
  if (!json || !json->is_object()) throw BrokenArchive("the index of a mail folder is broken");
  return std::move(*json);
}

}  // namespace

std::string format_line(const FolderLine& folder) {
  return Json::object()
             .set("folder", Json::string(folder.name))
             .set("separator", Json::string(std::string(1, folder.separator)))
             .set("subscribed", Json::boolean(folder.is_subscribed))
             .dump() +
         '\n';
}

std::string format_line(const MailLine& mail) {
  Json json = Json::object();
  json.set("uid", Json::integer(mail.uid));
  json.set("size", Json::integer(mail.size));
  if (mail.received) json.set("received", Json::integer(mail.received->value));
  json.set("flags", Json::integer(mail.flags.flags.bits));
  if (mail.flags.color != 0) json.set("color", Json::integer(mail.flags.color));
  Json keywords = Json::array();
  for (const std::string& keyword : mail.flags.keywords) keywords.append(Json::string(keyword));
  if (keywords.size() > 0) json.set("keywords", std::move(keywords));
  if (!mail.message_id.empty()) json.set("message_id", Json::string(mail.message_id));
  return json.dump() + '\n';
}

FolderLine parse_folder_line(std::string_view line) {
  const Json json = parse_object(line);
  FolderLine folder;
  folder.name = json.get("folder").as_string();
  const std::string_view separator = json.get("separator").as_string();
  if (folder.name.empty() || separator.size() != 1)
    throw BrokenArchive("the index of a mail folder has no folder");
  folder.separator = separator.front();
  folder.is_subscribed = json.get("subscribed").is_true();
  return folder;
}

MailLine parse_mail_line(std::string_view line) {
  const Json json = parse_object(line);
  MailLine mail;
  const std::int64_t uid = json.get("uid").as_integer();
  if (uid < 1 || uid > UINT32_MAX)
    throw BrokenArchive("the index of a mail folder has a mail without number");
  mail.uid = static_cast<mail::Uid>(uid);
  mail.size = json.get("size").as_integer();
  if (json.get("received").is_integer()) mail.received = Millis{json.get("received").as_integer()};
  mail.flags.flags.bits = static_cast<std::uint32_t>(json.get("flags").as_integer());
  mail.flags.color = static_cast<int>(json.get("color").as_integer());
  const Json keywords = json.get("keywords");
  for (std::size_t i = 0; i < keywords.size() && i < kMostKeywords && keywords.is_array(); ++i)
    mail.flags.keywords.emplace_back(keywords.at(i).as_string());
  mail.message_id = json.get("message_id").as_string();
  return mail;
}

}  // namespace gw::archive
