// One connected account: what a provider gives. Source: spec mal section 3.
#pragma once

#include <memory>
#include <string_view>

#include "mail/account.hpp"
#include "mail/store/folder_storage.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::mail {

struct Capabilities {
  bool permissions = false, threads = false, quota = false, sort = false, subscription = true, move = false,
       keywords = true, previews = false;
};

/// Borrowed for one request and given back at the end of its life, also after an exception. Threads: one at a
/// time.
class Access {
 public:
  virtual ~Access() = default;
  virtual FolderStorage& folders() = 0;
  virtual MessageStorage& messages() = 0;
  [[nodiscard]] virtual Capabilities capabilities() const = 0;
  [[nodiscard]] virtual const Account& account() const = 0;
};

}  // namespace gw::mail
