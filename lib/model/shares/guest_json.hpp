// The members that guests and links have beside others in extended permissions (columns 3060 and 7010).
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/json.hpp"
#include "model/shares/guests.hpp"

namespace gw::model::shares {

/// Threads: one. Keeps views of `share_base`.
class GuestList {
 public:
  /// Cost: as describe.
  GuestList(UnitOfWork& work, const std::set<std::int64_t>& users, std::string_view share_base);

  /// The guests as seen from one target. Addresses of shares are for those who may hand them out.
  struct OnTarget {
    const GuestList& list;
    Target target;
    bool may_share = false;
    /// Sets type, share_url, expiry_date, password and isInherited when the user is a guest.
    void add_members(Json& entry, UserId user) const;
  };
  [[nodiscard]] OnTarget on(const Target& target, bool may_share) const { return {*this, target, may_share}; }

 private:
  std::map<UserId, GuestView> guests_;
  std::string base_;
};

}  // namespace gw::model::shares
