// The link of a folder or a file: one per target, for everybody who has it. Source: spec settings section
// "share and guests", API operations of share/management.
#pragma once

#include <optional>
#include <string>

#include "model/shares/target.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::shares {

struct Link {
  UserId guest;
  std::string token;
  bool is_new = false;
  bool has_password = false;
  Millis expires;  ///< 0 = never
  bool with_subfolders = false;
  std::optional<std::string> meta;  ///< JSON text
  Millis last_modified;             ///< what change and remove compare with
};

/// The caller must administer the folder, or may write and share the file. Makes the link when there is none.
/// Errors: FLD-0003, -0008, -0010, -0063, -0072; IFO-0300, -0403; SHR-0002; QUOTA-0003.
Link get_link(UnitOfWork& work, const Target& target);
/// The link that is there. Errors: as get_link; SHR-0001 there is none.
Link find_link(UnitOfWork& work, const Target& target);

/// Absent members stay as they are.
struct LinkChange {
  std::optional<std::optional<std::string>> password_hash;  ///< inner: nothing takes the password away
  std::optional<Millis> expires;
  std::optional<bool> with_subfolders;  ///< of folders
  std::optional<std::optional<std::string>> meta;
};
/// Errors: as get_link; SHR-0001 no link; SHR-0004; SVL-0017 changed after `known`.
Link change_link(UnitOfWork& work, const Target& target, const LinkChange& change, Millis known);
/// Ends the link: its sessions are over at their next request. Errors: as change_link. Gives the stamp.
Millis remove_link(UnitOfWork& work, const Target& target, Millis known);

}  // namespace gw::model::shares
