#include "mailbox/providers.hpp"

#include "mail/imap/imap_provider.hpp"
#include "mail/pop3/provider.hpp"
#include "mail/smtp/transport.hpp"

namespace gw::mailbox {

mail::Registry make_registry(const Settings& settings, int requests) {
  mail::imap::ImapSettings imap;
  imap.pool.per_login = static_cast<std::size_t>(settings.mail.connections_per_user);
  imap.pool.in_total = static_cast<std::size_t>(settings.mail.connections);
  imap.pool.idle = settings.mail.connection_idle;
  mail::Registry registry(mail::limits_for(static_cast<std::size_t>(requests)));
  registry.add(std::make_unique<mail::imap::ImapProvider>(imap));
  registry.add(std::make_unique<mail::pop3::Pop3Provider>());
  registry.add(std::make_unique<mail::smtp::SmtpProvider>());
  return registry;
}

}  // namespace gw::mailbox
