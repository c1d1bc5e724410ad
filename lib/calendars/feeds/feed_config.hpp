// What a user says of a feed: where it lies, who he is there, how often it is read. Source: spec chronos
// section 14; http-api.json FolderData, com.openexchange.calendar.config.
#pragma once

#include <optional>
#include <string>

#include "core/json.hpp"
#include "model/calendar/calendar_accounts.hpp"

namespace gw::calendars::feeds {

struct FeedConfig {
  std::string uri;                              ///< http or https; as it was sent, so it may be webcal
  std::string login;                            ///< empty: nobody signs in
  std::optional<std::string> password;          ///< absent: not sent
  std::optional<std::int64_t> refresh_minutes;  ///< absent: as the feed says
};

/// Errors: CAL-4004 without `uri`, for another scheme, for a password in it, for what is no number of
/// minutes; CAL-4046 a password without login.
FeedConfig parse_feed_config(const Json& sent);
/// The stored form, without the password.
Json write_feed_config(const FeedConfig& config);
/// `webcal` is HTTP by another name.
std::string fetched_uri(const FeedConfig& config);

/// Sealed for this account: in another row it opens nothing.
std::string seal_feed_password(sql::Connection& connection, const model::calendar::CalendarAccount& account,
                               ContextId context, const std::string& password);
/// Errors: CAL-4046 when it cannot be opened.
std::string open_feed_password(sql::Connection& connection, const model::calendar::CalendarAccount& account,
                               ContextId context);

}  // namespace gw::calendars::feeds
