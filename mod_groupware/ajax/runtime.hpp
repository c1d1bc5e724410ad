// The process-wide parts that actions may use. Made in child_init, immutable but for what each part guards
// itself.
#pragma once

#include "core/settings.hpp"
#include "model/unit_of_work.hpp"
#include "session/password_authority.hpp"
#include "session/session_store.hpp"

namespace gw::mail {
class Registry;
}
namespace gw::calendars {
class Calendars;
}
namespace gw::mail::feeds {
class FeedSource;
}

namespace gw::ajax {

class EventStreams;
class RateLimits;
class ScaledPictures;

struct Runtime {
  model::Environment& environment;
  session::SessionStore& sessions;
  /// Salt of the cookie names (settings, or made once per database).
  std::string cookie_salt;
  std::string server_version;
  RateLimits* rate_limits = nullptr;
  /// nullptr: nothing is kept.
  ScaledPictures* pictures = nullptr;
  /// nullptr: there are no events.
  EventStreams* events = nullptr;
  /// Keys of UDP clients are derived from it (push/client_key.hpp); empty: they do not sign.
  std::string push_master;
  /// nullptr: there is no mail.
  const mail::Registry* mail_protocols = nullptr;
  /// nullptr: no feeds are read.
  mail::feeds::FeedSource* feeds = nullptr;
  /// nullptr: calendars of this server and birthdays, no feeds.
  const calendars::Calendars* calendars = nullptr;
  /// nullptr: passwords are those that are stored here.
  const session::PasswordAuthority* authority = nullptr;
};

}  // namespace gw::ajax
