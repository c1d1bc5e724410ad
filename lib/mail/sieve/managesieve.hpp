// Client of ManageSieve: keeps a user's scripts on the mail server. Says nothing about what is in a script.
// Source: RFC 5804, spec mailfilter section 6.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/account.hpp"
#include "mail/net/stream.hpp"
#include "mail/sieve/managesieve_reply.hpp"
#include "mail/sieve/rule.hpp"

namespace gw::mail::sieve {

struct ScriptEntry {
  std::string name;
  bool is_active = false;
};

/// One signed-in connection. Errors of every member: MAIL_FILTER-0015 when the server says BYE, breaks off,
/// is too slow or breaks the protocol; MAIL_FILTER-0005 with its text when it says NO. After -0015 only the
/// destructor may be called. Threads: one at a time. Cost: one round trip a call.
class ManageSieve {
 public:
  /// Connects, encrypts as the server's policy says, and signs in (authorisation identity for
  /// administrators). Errors: MAIL_FILTER-0014 with the reason, -0002 wrong credentials.
  explicit ManageSieve(const Server& server);
  /// Says goodbye without waiting for the answer.
  ~ManageSieve();
  ManageSieve(const ManageSieve&) = delete;
  ManageSieve& operator=(const ManageSieve&) = delete;

  /// Words of the SIEVE line, as told after signing in.
  [[nodiscard]] const Extensions& extensions() const { return extensions_; }
  /// By name in upper case: IMPLEMENTATION, VERSION, MAXREDIRECTS, …
  [[nodiscard]] std::optional<std::string_view> capability(std::string_view name) const;

  std::vector<ScriptEntry> list_scripts();
  /// Errors: empty when there is no script of that name.
  std::optional<std::string> get_script(std::string_view name);
  /// Stores or replaces. Gives the server's warnings. Errors: MAIL_FILTER-0025 with the server's text when it
  /// refuses the script.
  std::string put_script(std::string_view name, std::string_view script);
  /// Looks whether put_script would take it; servers without CHECKSCRIPT (version below 1.0) take everything.
  /// Gives the server's warnings. Errors: as put_script.
  std::string check_script(std::string_view script);
  /// False: the server's quota does not allow it.
  bool has_space(std::string_view name, std::size_t size);
  /// An empty name: no script is active.
  void set_active(std::string_view name);
  /// Errors: MAIL_FILTER-0005 also for the active script and for an unknown one.
  void delete_script(std::string_view name);
  void rename_script(std::string_view from, std::string_view to);
  /// Keeps the connection alive.
  void noop();

 private:
  [[noreturn]] void fail_to_connect(const std::string& why) const;
  void read_capabilities();
  void start_tls();
  void sign_in(const Server& server);
  Reply command(std::string_view verb, std::initializer_list<std::string_view> strings,
                std::optional<std::size_t> number = {});
  /// Lines until OK, NO or BYE. Errors: -0015 for BYE.
  Reply read_reply();
  /// Turns errors of the connection (MSG) into -0015.
  template <class Act>
  auto guarded(const Act& act);
  std::string upload(std::string_view verb, std::initializer_list<std::string_view> strings);

  std::string host_, port_;
  std::unique_ptr<net::Stream> stream_;
  std::map<std::string, std::string, std::less<>> capabilities_;
  Extensions extensions_;
  bool is_usable_ = true;
};

/// Text of the active script; MAIL_FILTER-0022 when there is none.
std::string load_active_script(ManageSieve& server);

}  // namespace gw::mail::sieve
