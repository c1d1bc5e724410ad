#include "mail/imap/imap_provider.hpp"

#include "mail/imap/imap_folders.hpp"
#include "mail/imap/imap_messages.hpp"
#include "mail/imap/notification.hpp"

namespace gw::mail::imap {
namespace {

class ImapAccess final : public Access {
 public:
  ImapAccess(const Account& account, Pool& pool, const PoolKey& key, bool compresses)
      : session_(account, pool, key, compresses), folders_(session_), messages_(session_) {
    // Credentials and reachability are told here, not at the first use.
    session_.connection();
    ask_for_notification(session_);
  }

  FolderStorage& folders() override { return folders_; }
  MessageStorage& messages() override { return messages_; }
  [[nodiscard]] const Account& account() const override { return session_.account(); }

  [[nodiscard]] Capabilities capabilities() const override {
    const Connection& line = session_.connection();
    Capabilities known;
    known.permissions = line.has("ACL");
    known.quota = line.has("QUOTA");
    known.move = line.has("MOVE");
    known.previews = line.has("PREVIEW");
    // What the server lacks of these is done here.
    known.threads = known.sort = true;
    return known;
  }

 private:
  mutable Session session_;
  ImapFolders folders_;
  ImapMessages messages_;
};

}  // namespace

std::unique_ptr<Access> ImapProvider::connect(const Account& account, const PoolKey& key) {
  return std::make_unique<ImapAccess>(account, pool_, key, settings_.compresses);
}

void ImapProvider::ping(const Account& account) { Connection(account.store, {account.id == 0, false}); }

}  // namespace gw::mail::imap
