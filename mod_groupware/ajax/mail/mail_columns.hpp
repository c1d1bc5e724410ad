// The columns of mails: number, name, what must be fetched for it, and how it is written. Lists and objects
// follow this one table. Source: spec columns section 7, mail sections 3 and 4.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ajax/mail/mail_authenticity.hpp"
#include "core/json.hpp"
#include "core/time.hpp"
#include "mail/account.hpp"
#include "mail/message.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::ajax {

/// A mail on its way to a client.
struct MailView {
  const mail::Message& message;
  const mail::Account& account;
  const TimeZone& zone;
  std::string folder;        ///< as clients name it
  std::int64_t unread = -1;  ///< of the folder; -1: not known
  AuthenticityRules authenticity = {};
  /// Of a mail that is shown in a folder of unified mail: its id there, and the folder where it is.
  std::string shown_id{}, original_folder{};
};

/// Where the value of a column goes: into the text of a list, or into a tree of values. What a column does
/// not call is not there.
class MailCellSink {
 public:
  virtual ~MailCellSink() = default;
  virtual void text(std::string_view value) = 0;
  virtual void integer(std::int64_t value) = 0;
  virtual void boolean(bool value) = 0;
  virtual void addresses(const mail::AddressList& list) = 0;
  virtual void json(const Json& value) = 0;
};

struct MailColumn {
  int number = 0;
  std::string_view name;     ///< member of objects; empty: only a column
  std::uint32_t fetch = 0;   ///< mail::Fetch, or-ed
  std::string_view headers;  ///< single headers it needs, separated by commas
  void (*write)(MailCellSink& out, const MailView& view) = nullptr;
};

/// Ascending by number.
std::span<const MailColumn> mail_columns();

/// What a list shows: columns, and values of headers.
struct MailCell {
  const MailColumn* column = nullptr;  ///< null: a header, or a column that there is not
  std::string header;
};
using MailCells = std::vector<MailCell>;

/// `columns=600,601,X-Spam` and `headers=X-Spam,List-Id`: what is no number is the name of a header.
/// Limits: 1,000 entries. Errors: SVL-0010.
MailCells parse_mail_cells(std::string_view columns, std::string_view headers);
mail::FetchSet needs_of(const MailCells& cells);
/// Appends an array with a cell for each; null where the mail has nothing.
void append_mail_row(std::string& out, const MailView& view, const MailCells& cells);
/// The same as members of an object; columns without a name are left out.
void set_mail_cells(Json& object, const MailView& view, const MailCells& cells);
/// Every member, for which fetch_for_object must have been fetched.
void set_mail_members(Json& object, const MailView& view);
mail::FetchSet fetch_for_object();

/// `[[name or null, address], …]`.
Json write_addresses(const mail::AddressList& list);
/// 0 stays away: no header told any. Importance wins over X-Priority. Source: spec mail section 2.
int priority_of(const mail::Message& mail);

/// The sort column of the API; `sort` empty: 610. Errors: MSG-0031 no number, MSG-1011 a column that nothing
/// can be sorted by.
mail::SortField parse_mail_sort(std::string_view sort);

}  // namespace gw::ajax
