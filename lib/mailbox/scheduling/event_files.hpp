// Files of events in the mails that tell of them: as they are when the mail goes out. Source: RFC 6047
// section 2, RFC 5545 section 3.8.1.1.
#pragma once

#include <string>
#include <vector>

#include "core/ids.hpp"
#include "mail/mime/composition.hpp"
#include "model/scheduling/outbox.hpp"
#include "model/unit_of_work.hpp"

namespace gw::mailbox::scheduling {

struct EventFile {
  ObjectId event;  ///< whose it is; that of a series is its exceptions', too
  std::int64_t size = 0;
  mail::mime::Attachment part;
};

/// What travels with a letter: the files of its event, and of its exceptions.
struct EventFiles {
  std::vector<EventFile> enclosed;
  std::vector<std::string> left_out;  ///< names; beyond kMostFiles and kLargestFilesSent
};

/// Of invitations and changes. A file whose bytes are gone is left out. Errors: those of the database. Cost:
/// a query, and a look at the store for each file.
EventFiles files_of(model::UnitOfWork& work, const model::scheduling::Letter& letter);

}  // namespace gw::mailbox::scheduling
