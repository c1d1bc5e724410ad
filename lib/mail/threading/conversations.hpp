// Which mails belong to one conversation, from their ids alone; the subject never counts. Source: RFC 5256
// section 4, REFERENCES steps 1 to 3; spec mal section 8.4.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace gw::mail::threading {

struct Entry {
  std::string message_id;               ///< with brackets; empty: it belongs to nobody
  std::string in_reply_to;              ///< counts only without references
  std::vector<std::string> references;  ///< oldest first
  bool is_own = true;                   ///< of the folder that was asked for, not of the joined sent folder
};

/// Groups of indexes into `entries`, each group and the groups by their first index. Of several entries with
/// one Message-ID only one is kept: the first own one, else the first. Groups without an own entry are left
/// out. Mails that nobody has link those that name them; loops are no matter, as links have no direction
/// here. Errors: none. Cost: nearly linear in the number of ids.
std::vector<std::vector<std::size_t>> group_conversations(std::span<const Entry> entries);

}  // namespace gw::mail::threading
