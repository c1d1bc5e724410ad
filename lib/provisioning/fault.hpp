// Why an operation of provisioning was refused, in the kinds that clients know. One table: the name that SOAP
// gives it, the exit code of the command line, the status of REST. Source: spec provisioning sections 2 and
// 8.
#pragma once

#include <exception>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gw::provisioning {

enum class FaultKind {
  InvalidCredentials,
  InvalidData,
  Storage,
  DatabaseUpdate,
  NoSuchContext,
  ContextExists,
  NoSuchDatabase,
  NoSuchFilestore,
  NoSuchReason,
  Context,
  NoSuchUser,
  NoSuchGroup,
  NoSuchResource,
  NoSuchReseller,
  Remote,
  Throttled,   ///< too many failed sign-ins from one address
  NotOffered,  ///< this server does not do it
};

struct FaultRow {
  FaultKind kind;
  std::string_view name;  ///< of the SOAP fault
  std::string_view word;  ///< of REST and logs
  int exit_code;
  int status;
};
/// In the order of FaultKind.
std::span<const FaultRow> fault_rows();
const FaultRow& fault_row(FaultKind kind);

class Fault : public std::runtime_error {
 public:
  Fault(FaultKind kind, const std::string& text, std::string object = {})
      : std::runtime_error(text), kind_(kind), object_(std::move(object)) {}
  [[nodiscard]] FaultKind kind() const { return kind_; }
  /// What an InvalidData speaks of; may be empty.
  [[nodiscard]] const std::string& object() const { return object_; }

 private:
  FaultKind kind_;
  std::string object_;
};

/// Whatever a service threw, as a fault. Texts of databases never reach a client.
Fault to_fault(const std::exception& error);

}  // namespace gw::provisioning
