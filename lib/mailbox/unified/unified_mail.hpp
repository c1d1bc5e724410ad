// A folder of unified mail at work: the folders of real accounts that it stands for, asked at the same time
// and put together. What an account cannot tell is left out, and said. Source: spec mail section 13.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/store/access.hpp"
#include "mailbox/accounts/account_rules.hpp"
#include "mailbox/mailbox.hpp"
#include "mailbox/unified/unified_folders.hpp"

namespace gw::mailbox::unified {

struct FoundMail {
  std::int64_t account = 0;
  mail::Message message;  ///< with its folder
};
struct FoundConversation {
  std::int64_t account = 0;
  mail::Conversation conversation;
};

/// Of one request. Threads: one; it starts more by itself, which end with each call.
class UnifiedMail {
 public:
  /// Connects to the accounts. Errors: ACC-0013 no account takes part, MSG-1002, MSG-0052; ACC-0002 for an
  /// account that takes no part. One that cannot be reached is a warning.
  UnifiedMail(Mailbox& mailbox, const FolderPath& folder);

  /// The real folders. Accounts without such a folder (POP3) have none.
  [[nodiscard]] std::vector<FolderPath> parts() const;
  /// Accounts that could not tell: ACC-0020, once each.
  [[nodiscard]] const accounts::Warnings& warnings() const { return warnings_; }

  /// In the order of the query; `total` over all accounts. Cost: each account is asked for the mails up to
  /// the end of the range.
  std::vector<FoundMail> search(const mail::Query& query, mail::FetchSet fetch, std::size_t& total);
  /// Mails of different accounts are never of one conversation. `with_sent`: those of each account's sent
  /// folder join.
  std::vector<FoundConversation> conversations(mail::ConversationQuery query, bool with_sent,
                                               mail::FetchSet fetch, std::size_t& total);
  mail::Counters counters();
  /// `total` and `unread` over all accounts, and which UIDs each folder has: `<account>:<number>`, separated
  /// by commas, so that the text changes when one of them does.
  struct Examined {
    mail::Counters counters;
    std::string validity, next;
  };
  Examined examine();
  /// Empty: no account has it. Of several the first account's.
  std::optional<MailPath> find_by_message_id(std::string_view id);
  /// Does the same with every real folder, one after the other; what fails in one is a warning.
  void for_each(const std::function<void(const FolderPath&)>& act);

 private:
  struct Part {
    FolderPath folder;
    std::shared_ptr<mail::Access> access;
    std::string sent_folder;
  };
  /// Runs `act` for every part at the same time; those that fail are parts no more.
  void ask(const std::function<void(std::size_t, Part&)>& act);
  void note(std::int64_t account, const ApiError& error);

  Mailbox& mailbox_;
  std::vector<Part> parts_;
  accounts::Warnings warnings_;
};

/// Does the same with every real folder: with the folder itself when it is of an ordinary account. Errors:
/// those of `act` and of UnifiedMail; the first that fails ends it.
void for_each_real(Mailbox& mailbox, const FolderPath& folder,
                   const std::function<void(const FolderPath&)>& act);

}  // namespace gw::mailbox::unified
