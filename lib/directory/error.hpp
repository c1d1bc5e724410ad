// Why a directory did not answer as asked.
#pragma once

#include <stdexcept>
#include <string>

namespace gw::directory {

/// The text is for administrators; it never holds a password.
class DirectoryError : public std::runtime_error {
 public:
  enum class Kind {
    Unreachable,  ///< no server answers, or none in time
    Refused,      ///< the service account is not let in, or may not do this
    TooMany,      ///< a limit of the server cut the answer
    Failed,       ///< anything else
  };
  DirectoryError(Kind kind, const std::string& text) : std::runtime_error(text), kind_(kind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

}  // namespace gw::directory
