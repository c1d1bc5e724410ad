// A user as an entry of a directory tells of him, by the section [user] of its mapping. Source: spec
// ldap-and-subscriptions sections 3 and 6.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/directory.hpp"
#include "model/users/provisioning.hpp"

namespace gw::identities {

/// Fields of contacts that are no texts, which [contact] may name all the same.
inline constexpr std::string_view kPictureField = "image1", kListMark = "mark_as_distributionlist",
                                  kMembersField = "distribution_list";

struct MappedUser {
  std::string uuid;  ///< at most 64 characters; empty: the entry tells none
  std::string dn;    ///< normalised
  std::string mark;
  std::string login;
  bool is_disabled = false;
  /// Absent: the mapping does not have it, so it stays as it is here.
  std::optional<std::string> mail, locale, timezone, imap_login;
  std::optional<std::vector<std::string>> aliases;
  std::optional<std::int64_t> quota;
  model::contacts::Contact contact;
  model::FieldSet fields;  ///< of contact_fields()
  std::string problem;     ///< why nothing can be made of it; empty: nothing is wrong
};

/// Never throws for what stands in the entry: see `problem`.
MappedUser map_user(const directory::Directory& directory, const directory::Entry& entry);

/// Whether the sections have what is needed, and nothing that is not known here. Errors: MappingError.
void check_mapping(const directory::Mapping& mapping);

/// The immutable id of an entry; longer ones as a digest. Empty: it has none.
std::string uuid_of(const directory::Entry& entry, const directory::Section& section);
/// Changes whenever the entry or the mapping does. Empty: the entry tells nothing of changes, or a time so
/// near that it may change again without another one.
std::string mark_of(const directory::Entry& entry, const directory::Section& section,
                    const std::string& mapping_digest);
/// Of the text of a mapping, short.
std::string digest_of_mapping(const DirectorySettings& settings);

}  // namespace gw::identities
