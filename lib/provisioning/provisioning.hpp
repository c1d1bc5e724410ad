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
  [[nodiscard]] model::Environment& environment() { return environment_; }

 private:
  Json run(const Operation& operation, const Login& login, const Json& arguments);

  model::Environment& environment_;
  AccessCombinations combinations_;
  KnownPasswords known_;
};

}  // namespace gw::provisioning
