// Folders in the formats that other programs read: vCard and iCalendar. A restore does not need them; they
// are for whoever has the backup and not this program.
#pragma once

#include <string>
#include <vector>

#include "mailbox/spool.hpp"
#include "model/event.hpp"
#include "model/unit_of_work.hpp"

namespace gw::archive {

struct PortableFolder {
  FolderId id;
  model::ObjectModule module = model::ObjectModule::Contact;
  std::string title;
  UserId owner;  ///< 0: nobody
};

/// Those of contacts, events and tasks; of one user, or of the whole context. Cost: one query.
std::vector<PortableFolder> list_portable(sql::Connection& connection, ContextId context,
                                          std::optional<std::vector<std::int64_t>> only);
/// `portable/31-Contacts.vcf`: a name that every file system takes.
std::string portable_path(const PortableFolder& folder);
/// The whole folder as its owner sees it. Errors: ApiError when he may not read it. Cost: a few hundred
/// objects are in memory at once.
mailbox::Spool write_portable(model::Environment& environment, const model::Caller& caller,
                              const PortableFolder& folder);

}  // namespace gw::archive
