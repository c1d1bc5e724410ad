#include "ajax/share/share_management.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "ajax/share/share_address.hpp"
#include "ajax/share/share_mail.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/share.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "model/folders/node.hpp"
#include "model/folders/tree.hpp"
#include "model/infostore/infostore_service.hpp"
#include "model/shares/links.hpp"
#include "session/password.hpp"

namespace gw::ajax {
namespace {

namespace shares = model::shares;

constexpr std::size_t kMaxPassword = 511;
constexpr std::size_t kMaxMeta = 65'536;

std::string hash_checked(const Invocation& invocation, std::string_view password) {
  if (password.size() > kMaxPassword || password.find('\0') != std::string_view::npos)
    throw ApiError(errors::shr::kBadPassword);
  return session::hash_password(password, invocation.work.settings().session.password_cost);
}

void hash_password_of(const Invocation& invocation, shares::Invitation& invitation) {
  if (!invitation.password) return;
  invocation.work.release();
  invitation.password_hash = hash_checked(invocation, *invitation.password);
  invitation.password.reset();
}

/// Errors: SVL-0028, SVL-0002, SHR-0002, IFO-0300.
shares::Target read_target(const Json& body) {
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with module and folder"});
  const auto module_text = body.get("module").to_text();
  const auto folder_text = body.get("folder").to_text();
  if (!module_text) throw ApiError(errors::svl::kMissing, {"module"});
  if (!folder_text) throw ApiError(errors::svl::kMissing, {"folder"});
  const auto module = model::folders::parse_module(*module_text);
  const auto folder = parse_integer(*folder_text);
  if (!module || *module == model::ObjectModule::System || *module == model::ObjectModule::Mail)
    throw ApiError(errors::shr::kBadTarget, {"module " + *module_text});
  if (!folder || *folder <= 0) throw ApiError(errors::shr::kBadTarget, {"folder " + *folder_text});
  shares::Target target{*module, FolderId(*folder), {}};
  const Json item = body.get("item");
  if (!item.is_missing() && !item.is_null())
    target.item = model::infostore::parse_item_id(item.to_text().value_or("")).id;
  return target;
}

Json write_link(const Invocation& invocation, const shares::Link& link) {
  Json data = Json::object();
  data.set("url", Json::string(share_base(invocation.request) + link.token));
  data.set("entity", Json::integer(link.guest.value));
  data.set("is_new", Json::boolean(link.is_new));
  if (link.expires.value > 0) data.set("expiry_date", Json::integer(link.expires.value));
  if (link.has_password) data.set("password", Json::string(shares::kHiddenPassword));
  data.set("includeSubfolders", Json::boolean(link.with_subfolders));
  if (link.meta)
    if (auto meta = Json::parse(*link.meta)) data.set("meta", std::move(*meta));
  return data;
}

/// Absent members stay, null ones go.
shares::LinkChange read_change(const Invocation& invocation) {
  const Json& body = invocation.body;
  shares::LinkChange change;
  if (const Json password = body.get("password"); !password.is_missing()) {
    if (!password.is_null() && !password.is_string())
      throw ApiError(errors::svl::kBadParameter, {"password", "(hidden)"});
    const std::string_view text = password.as_string();
    if (text.empty()) {
      change.password_hash.emplace();
    } else if (text != shares::kHiddenPassword) {
      invocation.work.release();
      change.password_hash.emplace(hash_checked(invocation, text));
    }
  }
  if (const Json expires = body.get("expiry_date"); !expires.is_missing()) {
    const auto time = expires.is_null() ? std::optional<std::int64_t>(0) : expires.to_integer();
    if (!time || *time < 0) throw ApiError(errors::svl::kBadParameter, {"expiry_date", expires.dump()});
    change.expires = Millis{*time};
  }
  if (const Json below = body.get("includeSubfolders"); !below.is_missing() && !below.is_null()) {
    const auto flag = below.to_boolean();
    if (!flag) throw ApiError(errors::svl::kBadParameter, {"includeSubfolders", below.dump()});
    change.with_subfolders = *flag;
  }
  if (const Json meta = body.get("meta"); !meta.is_missing()) {
    if (!meta.is_null() && (!meta.is_object() || meta.dump().size() > kMaxMeta))
      throw ApiError(errors::svl::kBadParameter, {"meta", "(an object of at most 64 KiB)"});
    change.meta.emplace();
    if (meta.is_object()) *change.meta = meta.dump();
  }
  return change;
}

Millis known_stamp(const Invocation& invocation) { return Millis{invocation.arguments.integer("timestamp")}; }

Response get_link(Invocation& invocation) {
  const shares::Link link = shares::get_link(invocation.work, read_target(invocation.body));
  return Response::with_data(write_link(invocation, link), link.last_modified);
}

Response update_link(Invocation& invocation) {
  const shares::Target target = read_target(invocation.body);
  const shares::LinkChange change = read_change(invocation);
  const shares::Link link = shares::change_link(invocation.work, target, change, known_stamp(invocation));
  // Whoever came in before the new password has not proved it.
  if (change.password_hash && *change.password_hash)
    invocation.runtime.sessions.remove_all_of_user(invocation.work.database(), invocation.work.context(),
                                                   link.guest, {});
  return Response::empty_data(link.last_modified);
}

Response delete_link(Invocation& invocation) {
  return Response::empty_data(
      shares::remove_link(invocation.work, read_target(invocation.body), known_stamp(invocation)));
}

std::string text_of(const Json& value) { return value.is_null() ? "" : value.to_text().value_or(""); }

/// `[[name, address], …]`; an address alone will do. Errors: SVL-0002, SVL-0010, MSG-0076, MSG-1008.
std::vector<mail::Address> read_recipients(const Json& body, int most) {
  const Json list = body.get("recipients");
  if (!list.is_array() || list.size() == 0) throw ApiError(errors::svl::kMissing, {"recipients"});
  if (list.size() > static_cast<std::size_t>(most))
    throw ApiError(errors::msg::kTooManyRecipients, {std::to_string(most)});
  std::vector<mail::Address> recipients;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json pair = list.at(i);
    if (!pair.is_array() || pair.size() == 0 || pair.size() > 2)
      throw ApiError(errors::svl::kBadParameter, {"recipients", pair.dump()});
    const std::string address(trim(text_of(pair.at(pair.size() - 1))));
    if (!mail::mime::is_plausible_address(address)) throw ApiError(errors::msg::kBadAddress, {address});
    const std::string name = pair.size() == 2 ? text_of(pair.at(0)) : "";
    recipients.push_back({name.empty() ? std::nullopt : std::optional(name), address});
  }
  return recipients;
}

std::string title_of(Invocation& invocation, const shares::Target& target) {
  if (target.item) {
    const auto item = model::infostore::get(invocation.work, {target.folder, target.item});
    return item.title.value_or(item.filename.value_or(""));
  }
  model::folders::Tree tree(invocation.work, {});
  return tree.get(std::to_string(target.folder.value)).title.value_or("");
}

/// A link is never made here: who opens something to everybody says so with getLink.
Response send_link(Invocation& invocation) {
  const SharedThing thing{read_target(invocation.body), {}};
  const int most = std::min(invocation.work.settings().mail.max_recipients, static_cast<int>(kMostTold));
  const auto recipients = read_recipients(invocation.body, most);
  const NoticeWish notice = read_notice_wish(Json::object().set("notification", invocation.body));
  const shares::Link link = shares::find_link(invocation.work, thing.target);
  Response response = Response::with_data(Json::null());
  response.warnings = mail_link(invocation, {thing.target, title_of(invocation, thing.target)}, link,
                                recipients, notice.message);
  return response;
}

constexpr Parameter kChange[] = {{"timestamp", Type::Timestamp, true}};

constexpr Action kShareManagementActions[] = {
    {"deleteLink", kPut, delete_link, kBody | kSerial, kChange},
    {"getLink", kPut, get_link, kBody | kSerial},
    {"sendLink", kPut, send_link, kBody | kSerial},
    {"updateLink", kPut, update_link, kBody | kSerial, kChange},
};

}  // namespace

void hash_passwords(const Invocation& invocation,
                    std::vector<model::folders::FolderInvitation>& invitations) {
  for (auto& invitation : invitations) hash_password_of(invocation, invitation.guest);
}

void hash_passwords(const Invocation& invocation,
                    std::vector<model::infostore::ObjectInvitation>& invitations) {
  for (auto& invitation : invitations) hash_password_of(invocation, invitation.guest);
}

const ApiModule kShareManagementModule{"share/management", kShareManagementActions};

}  // namespace gw::ajax
