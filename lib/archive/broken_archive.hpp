// What is wrong with a file that should be a backup: told to people, nothing has been written then.
#pragma once

#include <stdexcept>

namespace gw::archive {

class BrokenArchive : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gw::archive
