#include "mail/pop3/provider.hpp"

#include "mail/pop3/folders.hpp"
#include "mail/pop3/messages.hpp"

namespace gw::mail::pop3 {
namespace {

class Pop3Access : public Access {
 public:
  explicit Pop3Access(const Account& account)
      : maildrop_(account), folders_(maildrop_), messages_(maildrop_) {}
  FolderStorage& folders() override { return folders_; }
  MessageStorage& messages() override { return messages_; }
  [[nodiscard]] Capabilities capabilities() const override {
    Capabilities can;
    can.subscription = can.keywords = false;
    return can;
  }
  [[nodiscard]] const Account& account() const override { return maildrop_.account(); }

 private:
  Maildrop maildrop_;
  Folders folders_;
  Messages messages_;
};

}  // namespace

std::unique_ptr<Access> Pop3Provider::connect(const Account& account, const PoolKey&) {
  return std::make_unique<Pop3Access>(account);
}

void Pop3Provider::ping(const Account& account) { Client(account.store, account.id == 0).quit(); }

}  // namespace gw::mail::pop3
