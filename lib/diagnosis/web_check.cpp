#include <fmt/format.h>

#include "core/json.hpp"
#include "diagnosis/checks.hpp"
#include "diagnosis/http_probe.hpp"

namespace gw::diagnosis {
namespace {

constexpr int kMostSteps = 5;
constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kRenewBefore = 21 * kDay;

class WebLook {
 public:
  WebLook(const WebCheck& wanted, const Clock& clock) : wanted_(wanted), clock_(clock) {
    base_ = wanted_.url;
    while (base_.ends_with('/')) base_.pop_back();
  }

  Findings run() {
    const std::string scheme = scheme_of(base_);
    if (scheme.empty()) {
      add("web-address", Severity::Error, "\"" + base_ + "\" is no address of a web server",
          "write https://groupware.example.org");
      return std::move(findings_);
    }
    if (!look_at_server(scheme)) return std::move(findings_);
    look_at_api();
    look_at_chain("caldav", "calendars");
    look_at_chain("carddav", "address books");
    look_at_autoconfig();
    return std::move(findings_);
  }

 private:
  void add(const char* check, Severity severity, std::string text, std::string advice) {
    findings_.push_back({check, severity, std::move(text), std::move(advice)});
  }

  ProbeAnswer ask(const std::string& url, const char* method = "GET") const {
    return probe({.url = url,
                  .method = method,
                  .ca_file = wanted_.ca_file,
                  .verifies_certificate = verifies_,
                  .timeout = wanted_.timeout});
  }

  /// False when nothing more can be asked.
  bool look_at_server(const std::string& scheme) {
    if (scheme == "http")
      add("web-plain", Severity::Warning, "passwords and sessions travel in plain text to " + base_,
          "use TLS: see the virtual host in conf/example-vhost.conf, and check the https:// address");
    ProbeAnswer answer = ask(base_ + "/");
    if (answer.is_certificate_refused) {
      add("tls-refused", Severity::Error, answer.problem,
          "SSLCertificateFile must hold the certificate for this name and those between it and the root; an "
          "authority of your own is named with --ca");
      verifies_ = false;
      answer = ask(base_ + "/");
    }
    if (answer.status == 0) {
      add("web-unreachable", Severity::Error, base_ + ": " + answer.problem,
          "check name, port, firewall and that the server runs (apachectl -t, apachectl -S)");
      return false;
    }
    if (answer.certificate_end) look_at_end(*answer.certificate_end);
    return true;
  }

  void look_at_end(Millis end) {
    const std::int64_t left = end.value - clock_.now().value;
    if (left < kRenewBefore)
      add("tls-ends", left < 0 ? Severity::Error : Severity::Warning,
          left < 0 ? "the certificate ended at " + format_utc(end)
                   : fmt::format("the certificate ends in {} days, at {}", left / kDay, format_utc(end)),
          "renew it, and let that happen by itself (mod_md, or certbot with its timer)");
  }

  /// Any question without a session is answered with an error in JSON.
  void look_at_api() {
    const ProbeAnswer answer = ask(base_ + "/ajax/config/identifier?session=none");
    const auto json = Json::parse(answer.body);
    if (answer.status == 200 && json && json->get("code").is_string()) return;
    add("web-api", Severity::Error,
        fmt::format("{}/ajax does not answer as the HTTP API, but with status {}", base_, answer.status),
        "GroupwareApi On in this virtual host, and GroupwareApiRoot /ajax; a proxy in front must pass /ajax "
        "on");
  }

  void look_at_chain(const std::string& name, const char* what) {
    const std::string begin = base_ + "/.well-known/" + name;
    std::string url = begin, chain = "/.well-known/" + name;
    ProbeAnswer answer;
    for (int step = 0; step <= kMostSteps; ++step) {
      answer = ask(url, "PROPFIND");
      const bool is_redirect = answer.status >= 301 && answer.status <= 308 && !answer.location.empty();
      chain += fmt::format(" -> {}{}{}", answer.status, is_redirect ? " " : "", answer.location);
      if (!is_redirect) break;
      const std::string next = resolve_url(url, answer.location);
      if (scheme_of(url) == "https" && scheme_of(next) == "http")
        return add("discovery-plain", Severity::Error,
                   chain + ": clients drop the password where https turns into http",
                   "write a redirect without scheme and host, such as Redirect 301 /.well-known/" + name +
                       " /…, and let the proxy in front keep the scheme");
      if (next.empty())
        return add("discovery-broken", Severity::Error, chain + ": that is no address",
                   "correct the redirect");
      url = next;
    }
    if (answer.status == 207 || answer.status == 401) return;
    if ((answer.status == 404 || answer.status == 405) && url == begin)
      return add("discovery-missing", Severity::Warning,
                 fmt::format("{}: clients do not find {} by the host name alone", chain, what),
                 fmt::format("Redirect 301 /.well-known/{} to the location with DAV", name));
    add("discovery-broken", Severity::Error, chain + ": this does not end at a DAV server",
        "the last address must answer PROPFIND with 401 or 207");
  }

  void look_at_autoconfig() {
    const std::string path = "/.well-known/autoconfig/mail/config-v1.1.xml";
    const ProbeAnswer answer = ask(base_ + path);
    if (answer.status == 200 && answer.body.find("clientConfig") != std::string::npos) return;
    add("discovery-autoconfig", Severity::Note,
        fmt::format("{} -> {}: Thunderbird does not find the mail servers here", path, answer.status),
        "serve the file, or point autoconfig.DOMAIN to a server that does");
  }

  const WebCheck& wanted_;
  const Clock& clock_;
  std::string base_;
  bool verifies_ = true;
  Findings findings_;
};

}  // namespace

Findings check_web(const WebCheck& wanted, const Clock& clock) { return WebLook(wanted, clock).run(); }

}  // namespace gw::diagnosis
