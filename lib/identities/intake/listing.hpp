// Everything that a directory has of one kind: of what has not changed since the last run only that it is
// there.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "directory/directory.hpp"
#include "identities/intake/report.hpp"

namespace gw::identities::intake {

using KnownBindings = std::map<std::string, model::bindings::Binding, std::less<>>;

struct Listed {
  std::string uuid, dn;  ///< the name is normalised
  std::string mark;
  std::optional<directory::Entry> entry;  ///< absent: as at the last run
};

enum class Reading {
  Changed,     ///< entries that changed, moved, are new, or were gone
  Everything,  ///< all of them
};

/// Ascending by id; of two entries with one id the second is left out and told. Errors: DirectoryError. Cost:
/// a search for the marks, and one for the values: of each entry while few changed, else of all.
std::vector<Listed> list_section(directory::Directory& directory, const directory::Section& section,
                                 const KnownBindings& known, Reading reading, Kind kind, Report& report);

}  // namespace gw::identities::intake
