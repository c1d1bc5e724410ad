// Whether uids are in the order of arrival, as far as mails came since that was last known. Source: design 9.
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "mail/imap/command.hpp"
#include "mail/imap/folder_memory.hpp"
#include "mail/imap/session.hpp"
#include "mail/message.hpp"

namespace gw::mail::imap {

/// Judges the mails that came since. Threads: one at a time.
class ArrivalCheck {
 public:
  explicit ArrivalCheck(const ArrivalOrder& known) : known_(known) {}
  /// Asks for all mails there are to judge. Its answers, and any others, are for `take`.
  [[nodiscard]] Command question() const;
  /// Mails that were known before, and what tells no uid, are passed over.
  void take(const Message& message);
  /// True when those taken keep the order, which is remembered; else what was known is forgotten.
  bool conclude(FolderMemory& memory, std::string_view folder);

 private:
  ArrivalOrder known_;
  std::map<Uid, std::optional<Millis>> fresh_;
};

/// Finds out whether uids are in order of arrival, as far as mails came since it was last asked. False: they
/// are not, or nothing was known. Cost: nothing or a FETCH of dates of new mails.
bool extend_arrival_order(Session& session, std::string_view folder);

}  // namespace gw::mail::imap
