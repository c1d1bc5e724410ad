// Mail accounts in the folder tree: what model/folders asks its sources for. Source: spec folders sections 3,
// 10 and 16, mail section 12.
#pragma once

#include "mail/folder.hpp"
#include "mailbox/folder_access.hpp"
#include "mailbox/mailbox.hpp"
#include "model/folders/source.hpp"

namespace gw::mailbox {

/// Of one request. In tree 0 an account is a node below folder 1; in tree 1 the folders of the primary
/// account stand in its place, and default folders below INBOX beside it; further accounts are nodes in both,
/// and before them unified mail, where an account takes part in it. A mail server that does not answer takes
/// nothing but the mail folders out of folder 1. Threads: one.
class MailFolders final : public model::folders::Source {
 public:
  /// What is wanted of each folder and costs: total and unread; who else may do what.
  struct Wish {
    bool counters = false, permissions = false;
  };
  MailFolders(Mailbox& mailbox, Wish wish) : mailbox_(mailbox), wish_(wish) {}
  Children children(model::UnitOfWork& work, const model::folders::TreeView& view,
                    std::string_view parent) const override;
  /// Errors: MSG-1002, and those of Mailbox.
  std::optional<model::folders::Node> find(model::UnitOfWork& work, const model::folders::TreeView& view,
                                           std::string_view id) const override;
  /// Every folder of the primary account, flat.
  [[nodiscard]] std::vector<model::folders::Node> all(const model::folders::TreeView& view) const;

 private:
  [[nodiscard]] model::folders::Node make_node(const model::folders::TreeView& view, std::int64_t account,
                                               const mail::Folder& folder) const;
  [[nodiscard]] std::string title_of(std::int64_t account) const;
  [[nodiscard]] model::folders::Node make_root(std::int64_t account) const;
  [[nodiscard]] std::vector<model::folders::Node> below(const model::folders::TreeView& view,
                                                        const FolderPath& parent) const;

  [[nodiscard]] model::folders::Node make_unified_root() const;
  /// A folder of unified mail. Errors: MSG-1002, ACC-0013, ACC-0002.
  [[nodiscard]] model::folders::Node make_unified(const FolderPath& path) const;
  [[nodiscard]] std::vector<model::folders::Node> below_unified(const FolderPath& parent) const;

  [[nodiscard]] mail::ListRequest request() const;
  [[nodiscard]] const MailLogins& logins() const;

  Mailbox& mailbox_;
  Wish wish_;
  mutable std::optional<MailLogins> logins_;  ///< made when a folder is shared
};

/// The API's rights of a folder from the letters of its server. Source: spec mail section 12.3.
model::Rights to_rights(std::string_view letters);
/// The numbers of standard_folder_type; 0 for what has none. Source: spec folders section 9.
std::int64_t standard_type(mail::DefaultFolder kind);

}  // namespace gw::mailbox
