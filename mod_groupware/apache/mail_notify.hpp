// The end point where mail servers tell of new mail: `SetHandler groupware-mail-notify` in a <Location>, with
// the credentials of GroupwareMailNotify. What is told is ajax/push/mail_news.
#pragma once

namespace gw::apache {

/// What `SetHandler` calls it.
inline constexpr const char* kMailNotifyHandler = "groupware-mail-notify";

/// Threads: parent.
void register_mail_notify_hooks();

}  // namespace gw::apache
