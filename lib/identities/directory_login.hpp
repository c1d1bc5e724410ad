// Signing in with the password of a directory. Source: spec ldap-and-subscriptions section 5.
#pragma once

#include <optional>

#include "identities/directories.hpp"
#include "identities/mapped_user.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/unit_of_work.hpp"
#include "session/password_authority.hpp"

namespace gw::identities {

/// Asks the directories with GroupwareDirectoryLogin one after the other. Whom one lets in is found here by
/// the id of his entry, else by his login, and is bound to the entry then; else he is made, where that is
/// allowed. Nobody gets an account that came from somewhere else, nor that of the administrator of a context.
class DirectoryLogin final : public session::PasswordAuthority {
 public:
  /// What it is given must outlive it.
  DirectoryLogin(model::Environment& environment, const Directories& directories)
      : environment_(environment), directories_(directories) {}

  [[nodiscard]] Answer check(const std::string& name, const std::string& password) const override;

 private:
  Answer admit(directory::Directory& directory, const directory::Entry& entry,
               const directory::LoginName& name) const;
  std::optional<model::contexts::Context> find_context(const directory::Directory& directory,
                                                       const directory::Entry& entry, const MappedUser& user,
                                                       const directory::LoginName& name) const;
  std::optional<UserId> find_user(model::UnitOfWork& work, const model::contexts::Context& context,
                                  const directory::Directory& directory, const MappedUser& user) const;

  model::Environment& environment_;
  const Directories& directories_;
};

/// Whether one of them lets users sign in.
bool lets_sign_in(const Settings& settings);

}  // namespace gw::identities
