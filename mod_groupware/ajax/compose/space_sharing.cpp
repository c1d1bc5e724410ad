#include "ajax/compose/space_sharing.hpp"

#include "ajax/share/share_address.hpp"
#include "ajax/share/share_management.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/share.hpp"
#include "model/settings/drive_mail_rules.hpp"

namespace gw::ajax {
namespace {

model::shares::Invitation hashed(Invocation& invocation, model::shares::Invitation link) {
  std::vector<model::folders::FolderInvitation> one{{std::move(link), {}}};
  hash_passwords(invocation, one);
  return std::move(one.front().guest);
}

}  // namespace

std::optional<mailbox::DriveMailWish> read_drive_mail_wish(Invocation& invocation,
                                                           const model::compositions::Space& space) {
  const Json wanted = space.message.get("sharedAttachments");
  if (!wanted.get("enabled").is_true()) return std::nullopt;
  const auto rules = model::settings::drive_mail_rules(invocation.caller(), invocation.work.settings());
  if (!rules.is_offered) throw ApiError(errors::msg::kDriveMailDenied);
  mailbox::DriveMailWish wish;
  wish.link.is_link = true;
  wish.link.expires = Millis{wanted.get("expiryDate").as_integer()};
  if (wish.link.expires.value > 0 && wish.link.expires <= invocation.work.now())
    throw ApiError(errors::shr::kBadExpiry);
  wish.deletes_files = wanted.get("autodelete").is_true();
  if (wish.link.expires.value <= 0 && (wish.deletes_files || rules.requires_expiry))
    throw ApiError(errors::msg::kExpiryMissing);
  wish.deletes_files = wish.deletes_files || (rules.forces_deletion && wish.link.expires.value > 0);
  if (const std::string_view password = wanted.get("password").as_string(); !password.empty())
    wish.link.password.emplace(password);
  wish.link = hashed(invocation, std::move(wish.link));
  wish.share_base = share_base(invocation.request);
  const std::string_view language = wanted.get("language").as_string();
  wish.locale = language.empty() ? invocation.caller().locale : std::string(language);
  return wish;
}

}  // namespace gw::ajax
