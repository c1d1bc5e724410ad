#include "model/shares/guest_json.hpp"

namespace gw::model::shares {

GuestList::GuestList(UnitOfWork& work, const std::set<std::int64_t>& users, std::string_view share_base)
    : base_(share_base) {
  std::vector<UserId> ids;
  for (const std::int64_t user : users) ids.emplace_back(user);
  if (!ids.empty()) guests_ = describe(work.connection(), work.context(), work.settings(), ids);
}

void GuestList::OnTarget::add_members(Json& entry, UserId user) const {
  const auto found = list.guests_.find(user);
  if (found == list.guests_.end()) return;
  const GuestView& guest = found->second;
  entry.set("type", Json::string(guest.is_link ? "anonymous" : "guest"));
  const bool is_elsewhere = guest.is_link && (target.item ? guest.target.item != target.item
                                                          : guest.target.folder != target.folder);
  if (is_elsewhere) entry.set("isInherited", Json::boolean(true));
  if (!may_share) return;
  if (guest.expires.value > 0) entry.set("expiry_date", Json::integer(guest.expires.value));
  if (guest.is_link && guest.has_password) entry.set("password", Json::string(kHiddenPassword));
  if (guest.token.empty() || list.base_.empty()) return;
  entry.set("share_url", Json::string(list.base_ + guest.token +
                                      (guest.is_link ? std::string() : '/' + format_target(target))));
}

}  // namespace gw::model::shares
