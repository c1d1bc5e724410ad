#include "directory/connection.hpp"

#include <fmt/format.h>
#include <ldap.h>
#include <unistd.h>

#include <array>

#include "core/crypto.hpp"
#include "directory/result_codes.hpp"
#include "directory/socket_patience.hpp"
#include "directory/timed_request.hpp"

namespace gw::directory {
namespace {

using Kind = DirectoryError::Kind;

constexpr ber_len_t kMaxAnswer = 16U << 20U;
constexpr std::chrono::seconds kHealthPatience{2};

/// Where systems keep the authorities that they trust.
constexpr const char* kSystemAuthorities[] = {"/etc/ssl/certs/ca-certificates.crt",
                                              "/etc/pki/tls/certs/ca-bundle.crt"};

template <class Value>
void set_option(LDAP* handle, int option, const Value& value) {
  if (ldap_set_option(handle, option, &value) != LDAP_OPT_SUCCESS)
    throw DirectoryError(Kind::Failed, fmt::format("libldap does not take option {}", option));
}

void set_text_option(LDAP* handle, int option, const std::string& value) {
  if (ldap_set_option(handle, option, value.c_str()) != LDAP_OPT_SUCCESS)
    throw DirectoryError(Kind::Failed, fmt::format("libldap does not take option {}", option));
}

std::string authorities_of(const ConnectionOptions& options) {
  if (!options.ca_file.empty()) return options.ca_file;
  for (const char* file : kSystemAuthorities)
    if (access(file, R_OK) == 0) return file;
  return {};
}

std::string uri_of(const DirectoryServer& server, bool is_plain) {
  const bool is_v6 = server.host.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", server.is_tls && !is_plain ? "ldaps" : "ldap", is_v6 ? "[" : "",
                     server.host, is_v6 ? "]" : "", server.port);
}

}  // namespace

Connection::~Connection() = default;

void Connection::Close::operator()(::ldap* handle) const { ldap_unbind_ext_s(handle, nullptr, nullptr); }

Connection::Connection(const ConnectionOptions& options, const Deadline& deadline)
    : name_(uri_of(options.server, options.is_plain)), search_timeout_(options.search_timeout) {
  TimedRequest timed("connect");
  LDAP* handle = nullptr;
  if (const int code = ldap_initialize(&handle, name_.c_str()); code != LDAP_SUCCESS)
    throw DirectoryError(Kind::Failed, fmt::format("{}: {}", name_, ldap_err2string(code)));
  handle_.reset(handle);
  set_options(options);
  const timeval patience = to_timeval(deadline.within(options.connect_timeout).left());
  set_option(handle, LDAP_OPT_NETWORK_TIMEOUT, patience);
  set_option(handle, LDAP_OPT_TIMEOUT, patience);
  patience_ = std::make_unique<SocketPatience>(deadline.within(options.connect_timeout).left());
  if (!patience_->watch(handle)) throw DirectoryError(Kind::Failed, "libldap lets nobody watch its sockets");
  if (const int code = ldap_connect(handle); code != LDAP_SUCCESS) fail(code, "connecting");
  if (!options.server.is_tls && !options.is_plain)
    if (const int code = ldap_start_tls_s(handle, nullptr, nullptr); code != LDAP_SUCCESS)
      throw DirectoryError(Kind::Unreachable, fmt::format("{}: STARTTLS: {}", name_, explain(handle, code)));
  patience_->set(search_timeout_);
  limit_answers();
  timed.ended("ok");
}

void Connection::set_options(const ConnectionOptions& options) {
  set_option(handle_.get(), LDAP_OPT_PROTOCOL_VERSION, int{LDAP_VERSION3});
  ldap_set_option(handle_.get(), LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
  set_option(handle_.get(), LDAP_OPT_DEREF, int{LDAP_DEREF_NEVER});
  if (options.is_plain) return;
  // Whatever ldap.conf of the machine says: certificates are checked, names too.
  set_option(handle_.get(), LDAP_OPT_X_TLS_REQUIRE_CERT, int{LDAP_OPT_X_TLS_DEMAND});
  set_option(handle_.get(), LDAP_OPT_X_TLS_PROTOCOL_MIN, int{LDAP_OPT_X_TLS_PROTOCOL_TLS1_2});
  if (const std::string file = authorities_of(options); !file.empty())
    set_text_option(handle_.get(), LDAP_OPT_X_TLS_CACERTFILE, file);
  set_option(handle_.get(), LDAP_OPT_X_TLS_NEWCTX, int{0});
}

void Connection::limit_answers() {
  Sockbuf* buffer = nullptr;
  ldap_get_option(handle_.get(), LDAP_OPT_SOCKBUF, &buffer);
  ber_len_t most = kMaxAnswer;
  if (buffer != nullptr) ber_sockbuf_ctrl(buffer, LBER_SB_OPT_SET_MAX_INCOMING, &most);
}

void Connection::fail(int code, const char* doing) const {
  throw DirectoryError(kind_of(code), fmt::format("{}: {}: {}", name_, doing, explain(handle_.get(), code)));
}

bool Connection::bind(const std::string& dn, const std::string& password, const Deadline& deadline) {
  if (password.empty() || dn.empty()) return false;
  return simple_bind(dn, password, deadline);
}

void Connection::bind_as_nobody(const Deadline& deadline) {
  if (!simple_bind({}, {}, deadline))
    throw DirectoryError(Kind::Refused, fmt::format("{}: searches without GroupwareDirectoryAccount", name_));
}

bool Connection::simple_bind(const std::string& dn, std::string password, const Deadline& deadline) {
  TimedRequest timed("bind");
  berval credentials{static_cast<ber_len_t>(password.size()), password.data()};
  int id = 0;
  int code = ldap_sasl_bind(handle_.get(), dn.c_str(), LDAP_SASL_SIMPLE, &credentials, nullptr, nullptr, &id);
  wipe(password);
  if (code != LDAP_SUCCESS) fail(code, "bind");
  const MessagePtr answer = await(handle_.get(), id, LDAP_MSG_ALL, deadline.within(search_timeout_), name_);
  int result = LDAP_OTHER;
  code = ldap_parse_result(handle_.get(), answer.get(), &result, nullptr, nullptr, nullptr, nullptr, 0);
  if (code != LDAP_SUCCESS) fail(code, "bind");
  if (result == LDAP_SUCCESS || is_refusal(result)) {
    timed.ended(result == LDAP_SUCCESS ? "ok" : "refused");
    return result == LDAP_SUCCESS;
  }
  throw DirectoryError(kind_of(result), fmt::format("{}: bind: {}", name_, ldap_err2string(result)));
}

bool Connection::is_alive() {
  try {
    search({"", Scope::Base, "(objectClass=*)", {LDAP_NO_ATTRS}, 0, 1, true}, Deadline(kHealthPatience),
           [](std::vector<Entry>&&) { return true; });
    return true;
  } catch (const DirectoryError&) {
    return false;
  }
}

}  // namespace gw::directory
