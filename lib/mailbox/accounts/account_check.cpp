#include "mailbox/accounts/account_check.hpp"

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"

namespace gw::mailbox::accounts {
namespace {

constexpr const ErrorCode* kCredentialCodes[] = {&errors::msg::kLoginFailed, &errors::msg::kBadCredentials,
                                                 &errors::msg::kTransportCredentials,
                                                 &errors::acc::kPasswordUnreadable};
/// Codes that say more than "could not be reached".
constexpr const ErrorCode* kTellingCodes[] = {&errors::msg::kNoEncryption, &errors::msg::kEncryptionRequired,
                                              &errors::acc::kHostDenied};

bool is_among(std::span<const ErrorCode* const> codes, const ErrorCode& code) {
  return std::any_of(codes.begin(), codes.end(), [&](const ErrorCode* each) { return *each == code; });
}

void note_failure(Warnings& warnings, const ErrorCode& summary, const std::string& host,
                  const ApiError& error) {
  if (is_among(kTellingCodes, error.code()))
    warnings.push_back({&error.code(), error.arguments()});
  else if (is_among(kCredentialCodes, error.code()))
    warnings.push_back({&errors::msg::kPingCredentials, {host}});
  else
    warnings.push_back({&errors::msg::kPingFailed, {host}});
  warnings.push_back({&summary, {host, error.what()}});
}

}  // namespace

CheckResult check_servers(const mail::Registry& registry, const mail::Account& account) {
  CheckResult result;
  try {
    const auto place = registry.places().take(account.store);
    registry.store(account.store.protocol).ping(account);
    result.store_works = true;
  } catch (const ApiError& error) {
    note_failure(result.warnings, errors::acc::kStoreCheckFailed, account.store.host, error);
  }
  try {
    if (!account.transport.host.empty()) {
      const auto place = registry.places().take(account.transport);
      registry.transport(account.transport.protocol).open(account)->ping();
    }
    result.transport_works = true;
  } catch (const ApiError& error) {
    note_failure(result.warnings, errors::acc::kTransportCheckFailed, account.transport.host, error);
  }
  return result;
}

AccountState to_state(const ApiError& error) {
  if (is_among(kCredentialCodes, error.code())) return {"invalid_credentials", error.what()};
  if (is_among(kTellingCodes, error.code())) return {"denied", error.what()};
  return {"unavailable", error.what()};
}

}  // namespace gw::mailbox::accounts
