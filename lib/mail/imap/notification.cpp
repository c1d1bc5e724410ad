#include "mail/imap/notification.hpp"

#include <fmt/format.h>

#include <string_view>

#include "core/log.hpp"

namespace gw::mail::imap {
namespace {

constexpr std::string_view kEntry = "/private/vendor/vendor.dovecot/http-notify";
/// Dovecot reads the entry of the account; others may know only those of mailboxes.
constexpr std::string_view kPlaces[] = {"", "INBOX"};

void note_failure(const Account& account, std::string_view why) {
  log(LogLevel::Info, "GW0407",
      fmt::format("{} will not tell of new mail of user {}: {}", account.store.host, account.notified_as,
                  why));
}

}  // namespace

void ask_for_notification(Session& session) {
  const Account& account = session.account();
  if (account.notified_as.empty() || !session.memory().take_notification()) return;
  try {
    Connection& line = session.connection();
    if (!line.has("METADATA") && !line.has("METADATA-SERVER"))
      return note_failure(account, "it has no METADATA");
    Response answer;
    for (const std::string_view place : kPlaces) {
      Command command("SETMETADATA");
      command.add_string(place).open_list().add(kEntry).add_string("user=" + account.notified_as).join(")");
      answer = line.run(command);
      if (answer.is_ok()) return;
    }
    note_failure(account, answer.text);
  } catch (const ApiError& error) {
    note_failure(account, error.what());
  }
}

}  // namespace gw::mail::imap
