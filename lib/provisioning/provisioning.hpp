// The one way into provisioning, for all faces: SOAP, REST and the command line. Lets the caller in, runs the
// operation, turns what goes wrong into a fault, writes the audit line.
#pragma once

#include <string>

#include "model/unit_of_work.hpp"
#include "provisioning/administrator.hpp"
#include "provisioning/module_access.hpp"
#include "provisioning/operation.hpp"

namespace gw::provisioning {

class Provisioning {
 public:
  /// Reads the file of combinations. Errors: std::invalid_argument of that file.
  explicit Provisioning(model::Environment& environment);
  Provisioning(const Provisioning&) = delete;
  Provisioning& operator=(const Provisioning&) = delete;

  /// `arguments`: an object by the names of the operation's signature, without `auth`. Gives what the
  /// signature says; missing for nothing. Errors: Fault, nothing else but std::bad_alloc. Threads: any.
  Json perform(const Operation& operation, const Login& login, const Json& arguments);
  /// Only lets the caller in, or does not. Errors: Fault.
  void check(const Operation& operation, const Login& login, const Json& arguments);
  [[nodiscard]] model::Environment& environment() { return environment_; }

 private:
  /// Opens the context of the call, when it has one, for whoever may act there.
  void admit_call(const Operation& operation, const Login& login, Call& call);

  model::Environment& environment_;
  AccessCombinations combinations_;
  KnownPasswords known_;
};

}  // namespace gw::provisioning
