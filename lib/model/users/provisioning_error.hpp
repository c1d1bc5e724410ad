// Why provisioning refused. The web API has no codes for these; groupwarectl and other administration faces
// map the kind.
#pragma once

#include <stdexcept>
#include <string>

namespace gw::model {

class ProvisioningError : public std::runtime_error {
 public:
  enum class Kind {
    Invalid,        ///< a value breaks a rule
    NotFound,       ///< context or user does not exist
    AlreadyExists,  ///< name, id or address is taken
    Protected,      ///< the thing must stay (the context admin)
  };
  ProvisioningError(Kind kind, const std::string& text) : std::runtime_error(text), kind_(kind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

}  // namespace gw::model
