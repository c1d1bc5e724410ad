// Mails that tell people what was shared with them. They go out as the caller's own mails, one for each,
// without a copy. What goes wrong is a warning: the share is there. Source: spec folders 10, 12 and 13,
// infostore 6, settings section "share and guests".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ajax/action.hpp"
#include "mail/address.hpp"
#include "model/shares/links.hpp"
#include "model/shares/target.hpp"

namespace gw::ajax {

/// Most mails of one request; who comes later is not told, and a warning says so (MSG-0076).
inline constexpr std::size_t kMostTold = 100;

/// Member `notification` of a body.
struct NoticeWish {
  bool is_wanted = false;
  std::string message;
};
/// Errors: SVL-0010 another transport than "mail", or a message that is no text or longer than 16 KiB.
NoticeWish read_notice_wish(const Json& body);

struct SharedThing {
  model::shares::Target target;
  std::string title;
};

/// A permission entry: a user, a guest or a group.
struct ToldEntity {
  std::int64_t entity = 0;
  bool is_group = false;
};

/// The caller and links are left out, members of groups are told one by one, each in his language and once.
/// Warnings: FLD-1028 the caller has no mail account, SHR-0006 who has no address, MSG-0076, and whatever
/// sending says. When a mail server fails no further mail is tried.
std::vector<Warning> tell_entities(Invocation& invocation, const SharedThing& thing,
                                   std::span<const ToldEntity> entities, std::string_view message);

/// The answer of a request that was about telling alone: `{}`, or `{"warnings": [...]}`.
Response answer_told(const Invocation& invocation, const std::vector<Warning>& warnings);

/// The address of a link to whomever the caller names. Warnings: as tell_entities. Errors: none.
std::vector<Warning> mail_link(Invocation& invocation, const SharedThing& thing,
                               const model::shares::Link& link, std::span<const mail::Address> recipients,
                               std::string_view message);

}  // namespace gw::ajax
