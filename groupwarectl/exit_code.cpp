#include "groupwarectl/exit_code.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "core/errors/app_password.hpp"
#include "core/errors/contact.hpp"
#include "core/errors/folder.hpp"
#include "groupwarectl/tool.hpp"
#include "model/users/provisioning_error.hpp"
#include "sql/error.hpp"

namespace groupwarectl {
namespace {

namespace errors = gw::errors;

template <class Codes>
bool is_one_of(const gw::ErrorCode& code, const Codes& codes) {
  return std::any_of(std::begin(codes), std::end(codes),
                     [&](const gw::ErrorCode* known) { return *known == code; });
}

ExitCode exit_of(const gw::ErrorCode& code) {
  constexpr const gw::ErrorCode* kMissing[] = {&errors::ctx::kNotFound, &errors::usr::kNotFound,
                                               &errors::grp::kNotFound, &errors::res::kNotFound,
                                               &errors::app_password::kNotFound};
  constexpr const gw::ErrorCode* kTaken[] = {&errors::grp::kNameTaken, &errors::res::kNameTaken,
                                             &errors::res::kAddressTaken, &errors::fld::kDefaultNameTaken,
                                             &errors::con::kDisplayNameTaken};
  if (is_one_of(code, kMissing)) return kNotFound;
  return is_one_of(code, kTaken) ? kAlreadyExists : kFailed;
}

Failure describe_provisioning(const gw::model::ProvisioningError& error) {
  using Kind = gw::model::ProvisioningError::Kind;
  switch (error.kind()) {
    case Kind::NotFound:
      return {kNotFound, "not_found", error.what()};
    case Kind::AlreadyExists:
      return {kAlreadyExists, "already_exists", error.what()};
    case Kind::Protected:
      return {kFailed, "protected", error.what()};
    case Kind::Invalid:
      break;
  }
  return {kFailed, "invalid", error.what()};
}

Failure describe_sql(const gw::sql::SqlError& error) {
  using Kind = gw::sql::ErrorKind;
  if (error.kind() == Kind::Unavailable) return {kUnreachable, "database_unreachable", error.what()};
  if (error.kind() == Kind::Duplicate) return {kAlreadyExists, "already_exists", error.what()};
  if (error.kind() == Kind::UnknownOutcome)
    return {kFailed, "outcome_unknown",
            "the connection broke at COMMIT; look whether the change is there before you repeat it"};
  return {kFailed, "database_error", error.what()};
}

}  // namespace

Failure describe(const std::exception& error) {
  if (const auto* usage = dynamic_cast<const UsageError*>(&error)) return {kUsage, "usage", usage->what()};
  if (const auto* refused = dynamic_cast<const gw::model::ProvisioningError*>(&error))
    return describe_provisioning(*refused);
  if (const auto* api = dynamic_cast<const gw::ApiError*>(&error))
    return {exit_of(api->code()), gw::format_code(api->code()), api->what()};
  if (dynamic_cast<const gw::Unavailable*>(&error) != nullptr)
    return {kUnreachable, "database_unreachable", error.what()};
  if (const auto* sql = dynamic_cast<const gw::sql::SqlError*>(&error)) return describe_sql(*sql);
  return {kFailed, "failed", error.what()};
}

}  // namespace groupwarectl
