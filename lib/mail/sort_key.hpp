// What lists of mails are sorted by, where no server sorts them: one folder's without SORT, and those of
// several accounts. Source: spec mail section 4.
#pragma once

#include <string>

#include "mail/message.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::mail {

/// A key whose bytes compare like the field; names and subjects as people sort them.
std::string sort_key(const Message& message, SortField field);
/// What must be fetched for it.
FetchSet fetch_for(SortField field);

}  // namespace gw::mail
