// The rows of calendar accounts: where a calendar comes from, and how the last reading went. What a provider
// does with them is lib/calendars. Source: spec chronos section 14.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::calendar {

struct CalendarAccount {
  FolderId folder;  ///< the account's number, too (folders/account_folders.hpp)
  UserId user;
  std::string provider;
  Json config;                  ///< an object, without the password
  std::string sealed_password;  ///< base64; empty: none
};

/// What is known of the document that was read last.
struct Freshness {
  std::string etag, modified;        ///< as the server sent them
  Millis fetched;                    ///< when it was read well; 0: never
  Millis next;                       ///< when it is due; 0: now
  Millis claimed_until;              ///< somebody reads it until then
  int failure = 0;                   ///< of the last reading; 0: none
  std::int64_t refresh_minutes = 0;  ///< how often the document wants to be read; 0: it does not say
};

struct AccountRow {
  CalendarAccount account;
  Freshness freshness;
};

std::optional<AccountRow> find_account(sql::Connection& connection, ContextId context, FolderId folder);
/// Ascending by number.
std::vector<AccountRow> list_accounts(sql::Connection& connection, ContextId context, UserId user);
std::int64_t count_accounts(sql::Connection& connection, ContextId context, UserId user,
                            std::string_view provider);

void insert_account(Transaction& transaction, const CalendarAccount& account);
/// Config and password. `is_other`: what was read before, or is being read, is of another document, so it is
/// due at once.
void change_account(Transaction& transaction, const CalendarAccount& account, bool is_other);
/// With the items of its document. The events are not touched.
void erase_account(Transaction& transaction, FolderId folder);

/// One of all who ask at the same time is told that the reading is his. It stays so until `until`, or
/// finish_reading. Source: users p27.
bool claim_reading(Transaction& transaction, FolderId folder, Millis now, Millis until);
/// Writes everything of `freshness`; nobody reads it any more. Nothing is done when the claim until `claim`
/// is over: the account means another document now, or somebody else reads it.
void finish_reading(Transaction& transaction, FolderId folder, Millis claim, const Freshness& freshness);

}  // namespace gw::model::calendar
