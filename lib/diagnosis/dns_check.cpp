#include <fmt/format.h>

#include "diagnosis/checks.hpp"

namespace gw::diagnosis {
namespace {

using Outcome = DnsAnswer::Outcome;

struct ServiceRow {
  const char* service;
  const char* what;
  int port;
};

/// Source: RFC 6764, RFC 6186, RFC 8314, RFC 5804, and what clients of mail ask for.
constexpr ServiceRow kServices[] = {{"_caldavs._tcp", "calendars", 443},
                                    {"_carddavs._tcp", "address books", 443},
                                    {"_imaps._tcp", "mail", 993},
                                    {"_submissions._tcp", "sending of mail", 465},
                                    {"_sieve._tcp", "rules on mails", 4190},
                                    {"_autodiscover._tcp", "phones and Outlook", 443}};

Finding unanswered(const std::string& name) {
  return {"dns-unreachable", Severity::Error, "the DNS gives no answer for " + name,
          "look at /etc/resolv.conf, or name a server with --resolver"};
}

void check_service(const Resolver& resolver, const std::string& domain, const ServiceRow& row,
                   Findings& findings) {
  const std::string name = std::string(row.service) + "." + domain;
  const DnsAnswer answer = resolver.ask(name, RecordKind::Srv);
  if (answer.outcome == Outcome::Failed) return findings.push_back(unanswered(name));
  if (answer.outcome == Outcome::None)
    return findings.push_back(
        {"dns-no-srv", Severity::Warning,
         fmt::format("{} has no SRV record: clients do not find {} by the address alone", name, row.what),
         fmt::format("add: {}. 3600 IN SRV 0 1 {} HOST.{}. (or target . to say that there is none)", name,
                     row.port, domain)});
  for (const Record& record : answer.records) {
    // A service that is not offered. Source: RFC 2782.
    if (record.value.empty() || record.value == ".") continue;
    if (resolver.find_address(record.value) != Outcome::Found)
      findings.push_back({"dns-dangling", Severity::Error,
                          fmt::format("{} points to {}, which has no address", name, record.value),
                          "add an A or AAAA record for it, or correct the SRV record"});
  }
}

void check_mail_exchange(const Resolver& resolver, const std::string& domain, Findings& findings) {
  const DnsAnswer answer = resolver.ask(domain, RecordKind::Mx);
  if (answer.outcome == Outcome::None)
    findings.push_back({"dns-no-mx", Severity::Warning, domain + " has no MX record: it receives no mail",
                        fmt::format("add: {}. 3600 IN MX 10 HOST.{}.", domain, domain)});
  for (const Record& record : answer.records)
    if (!record.value.empty() && record.value != "." && resolver.find_address(record.value) != Outcome::Found)
      findings.push_back(
          {"dns-dangling", Severity::Error,
           fmt::format("the MX record of {} names {}, which has no address", domain, record.value),
           "add an A or AAAA record for it, or correct the MX record"});
}

}  // namespace

Findings check_dns(const Resolver& resolver, const std::string& domain) {
  Findings findings;
  const Outcome outcome = resolver.find_address(domain);
  if (outcome == Outcome::Failed) return {unanswered(domain)};
  if (outcome == Outcome::None)
    findings.push_back({"dns-no-address", Severity::Note, domain + " itself has no address",
                        "nothing, unless people shall open it in a browser"});
  check_mail_exchange(resolver, domain, findings);
  for (const ServiceRow& row : kServices) check_service(resolver, domain, row, findings);
  if (resolver.find_address("autoconfig." + domain) == Outcome::None)
    findings.push_back({"dns-no-autoconfig", Severity::Note,
                        "autoconfig." + domain + " has no address: Thunderbird asks " + domain + " itself",
                        "add a CNAME autoconfig." + domain + " to the web server"});
  return findings;
}

}  // namespace gw::diagnosis
