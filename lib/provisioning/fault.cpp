#include "provisioning/fault.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "core/log.hpp"
#include "model/users/provisioning_error.hpp"
#include "sql/error.hpp"

namespace gw::provisioning {
namespace {

constexpr FaultRow kFaults[] = {
    {FaultKind::InvalidCredentials, "InvalidCredentialsException", "invalid_credentials", 101, 401},
    {FaultKind::InvalidData, "InvalidDataException", "invalid_data", 103, 400},
    {FaultKind::Storage, "StorageException", "storage", 106, 503},
    {FaultKind::DatabaseUpdate, "DatabaseUpdateException", "database_update", 106, 503},
    {FaultKind::NoSuchContext, "NoSuchContextException", "no_such_context", 102, 404},
    {FaultKind::ContextExists, "ContextExistsException", "context_exists", 110, 409},
    {FaultKind::NoSuchDatabase, "NoSuchDatabaseException", "no_such_database", 103, 404},
    {FaultKind::NoSuchFilestore, "NoSuchFilestoreException", "no_such_filestore", 103, 404},
    {FaultKind::NoSuchReason, "NoSuchReasonException", "no_such_reason", 103, 404},
    {FaultKind::Context, "OXContextException", "context", 103, 409},
    {FaultKind::NoSuchUser, "NoSuchUserException", "no_such_user", 108, 404},
    {FaultKind::NoSuchGroup, "NoSuchGroupException", "no_such_group", 112, 404},
    {FaultKind::NoSuchResource, "NoSuchResourceException", "no_such_resource", 113, 404},
    {FaultKind::NoSuchReseller, "OXResellerException", "no_such_reseller", 103, 404},
    {FaultKind::Remote, "RemoteException", "remote", 107, 500},
    {FaultKind::Throttled, "RemoteException", "too_many_attempts", 107, 429},
    {FaultKind::NotOffered, "RemoteException", "not_offered", 107, 501},
};

Fault from_api_error(const ApiError& error) {
  const struct {
    const ErrorCode& code;
    FaultKind kind;
  } rows[] = {{errors::ctx::kNotFound, FaultKind::NoSuchContext},
              {errors::usr::kNotFound, FaultKind::NoSuchUser},
              {errors::grp::kNotFound, FaultKind::NoSuchGroup},
              {errors::res::kNotFound, FaultKind::NoSuchResource}};
  for (const auto& row : rows)
    if (row.code == error.code()) return {row.kind, error.what()};
  return {FaultKind::InvalidData, std::string(error.what()) + " (" + format_code(error.code()) + ")"};
}

Fault from_sql_error(const sql::SqlError& error) {
  log(LogLevel::Error, "GW0780", std::string("provisioning: ") + error.what());
  using Kind = sql::ErrorKind;
  if (error.kind() == Kind::Duplicate)
    return {FaultKind::InvalidData, "Something of this name or number exists already"};
  if (error.kind() == Kind::UnknownOutcome)
    return {FaultKind::Storage,
            "The connection to the database broke while saving: look whether the change is there before you "
            "repeat it"};
  return {FaultKind::Storage, "The database failed"};
}

}  // namespace

std::span<const FaultRow> fault_rows() { return kFaults; }

const FaultRow& fault_row(FaultKind kind) {
  return *std::find_if(std::begin(kFaults), std::end(kFaults),
                       [kind](const FaultRow& row) { return row.kind == kind; });
}

Fault to_fault(const std::exception& error) {
  if (const auto* fault = dynamic_cast<const Fault*>(&error)) return *fault;
  if (const auto* refused = dynamic_cast<const model::ProvisioningError*>(&error))
    return {FaultKind::InvalidData, refused->what()};
  if (const auto* api = dynamic_cast<const ApiError*>(&error)) return from_api_error(*api);
  if (const auto* http = dynamic_cast<const HttpError*>(&error))
    return {http->status() == 429 ? FaultKind::Throttled : FaultKind::InvalidData, http->what()};
  if (dynamic_cast<const Unavailable*>(&error) != nullptr)
    return {FaultKind::Storage, "The database is not reachable"};
  if (const auto* sql = dynamic_cast<const sql::SqlError*>(&error)) return from_sql_error(*sql);
  log(LogLevel::Error, "GW0781", std::string("provisioning: ") + error.what());
  return {FaultKind::Remote, "The operation failed"};
}

}  // namespace gw::provisioning
