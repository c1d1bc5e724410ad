#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text.hpp"
#include "diagnosis/checks.hpp"
#include "mail/imap/connection.hpp"
#include "mail/net/stream.hpp"

namespace gw::diagnosis {
namespace {

struct AbilityRow {
  const char* capability;
  Severity severity;
  const char* without;
};

/// What this program uses where it is there; all but the first have a slower way.
constexpr AbilityRow kAbilities[] = {
    {"UIDPLUS", Severity::Warning, "moved and stored mails are searched for to learn their numbers"},
    {"MOVE", Severity::Warning, "moves are copies and removals"},
    {"CONDSTORE", Severity::Warning, "changes of other clients are found by reading all flags"},
    {"QRESYNC", Severity::Note, "changes of other clients are found by reading all flags"},
    {"ESEARCH", Severity::Note, "results of searches are long"},
    {"SORT", Severity::Warning, "lists that are not by arrival are sorted here, which takes long"},
    {"LIST-STATUS", Severity::Note, "each folder is asked for its counts by itself"},
    {"SPECIAL-USE", Severity::Note, "default folders are found by their names only"},
    {"NAMESPACE", Severity::Warning, "shared folders are not found"},
    {"ACL", Severity::Note, "mail folders cannot be shared"},
    {"QUOTA", Severity::Note, "nobody sees how full his mailbox is"},
    {"IDLE", Severity::Warning, "the push child cannot listen to mailboxes"},
    {"ID", Severity::Note, "the log of the mail server does not tell who connects"},
};
constexpr std::size_t kLongestLine = 65'536;

void judge(bool has, const AbilityRow& row, const std::string& host, Findings& findings) {
  if (has) return;
  findings.push_back({"imap-ability", row.severity,
                      fmt::format("{} does not offer {}: {}", host, row.capability, row.without),
                      "switch it on at the mail server where it can (Dovecot and Cyrus have it)"});
}

Findings check_signed_in(const mail::Server& server) {
  Findings findings;
  const mail::imap::Connection connection(server, {});
  for (const AbilityRow& row : kAbilities) judge(connection.has(row.capability), row, server.host, findings);
  if (!connection.has("THREAD=REFS") && !connection.has("THREAD=REFERENCES"))
    findings.push_back(
        {"imap-ability", Severity::Note,
         server.host + " does not offer THREAD: conversations are found here, which takes long",
         "switch it on at the mail server where it can"});
  if (!connection.is_encrypted())
    findings.push_back(
        {"mail-plain", Severity::Warning, "passwords go to " + server.host + " in plain text",
         "tls=starttls or imaps:// in GroupwareMailServer, and a certificate at the mail server"});
  return findings;
}

/// Only the greeting and what it tells before a sign-in.
Findings check_stranger(const mail::Server& server) {
  mail::net::Stream stream(server);
  const std::string greeting = stream.read_line(kLongestLine);
  if (!greeting.starts_with("* OK") && !greeting.starts_with("* PREAUTH"))
    return {{"mail-greeting", Severity::Error, server.host + " does not greet as an IMAP server",
             "check host and port of GroupwareMailServer"}};
  stream.write("A1 CAPABILITY\r\n");
  stream.flush();
  std::string words;
  for (std::string line = stream.read_line(kLongestLine); !line.starts_with("A1 ");
       line = stream.read_line(kLongestLine))
    if (line.starts_with("* CAPABILITY ")) words = line.substr(std::string_view("* CAPABILITY ").size());
  Findings findings;
  const mail::imap::CapabilityList offered{std::string_view(words)};
  if (!stream.is_encrypted() && !offered.has("STARTTLS"))
    findings.push_back({"mail-plain", Severity::Warning,
                        server.host + " offers no encryption: passwords go there in plain text",
                        "give the mail server a certificate (ssl = required in Dovecot)"});
  if (!stream.is_encrypted() && server.encryption != mail::Encryption::None && offered.has("STARTTLS")) {
    stream.write("A2 STARTTLS\r\n");
    stream.flush();
    if (stream.read_line(kLongestLine).starts_with("A2 OK")) stream.start_tls();
  }
  findings.push_back({"mail-abilities", Severity::Note,
                      "what " + server.host + " can do is known only after a sign-in",
                      "give --mail-login and --mail-secret-file of a mailbox for tests"});
  return findings;
}

}  // namespace

Findings check_mail_server(const mail::Server& server) try {
  return server.login.empty() ? check_stranger(server) : check_signed_in(server);
} catch (const ApiError& error) {
  return {
      {"mail-unreachable", Severity::Error, error.what(),
       "check host, port, tls= and ca= of GroupwareMailServer, the certificate of the mail server, and the "
       "login"}};
}

}  // namespace gw::diagnosis
