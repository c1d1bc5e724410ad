// What a backup contains: each table of a tenant once, and which of its rows belong to one user. The one
// list; writing and restoring read it, and a test compares it with contexts::account_tables(), so that a new
// table cannot be forgotten.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gw::archive {

enum class Kept {
  Never,        ///< `why` tells the reason
  WithContext,  ///< in backups of whole contexts only
  Always,
};

/// Numbers that rows of a user's backup are chosen by. Filled in this order: each from tables before it.
enum class Ids {
  None,
  User,     ///< the user himself
  Guests,   ///< accounts of guests and links that he made, or that lead to what is his
  Folders,  ///< his private folders, with everything below them
  Contacts,
  Events,
  Tasks,
  Items,
  Snippets,
};
inline constexpr std::size_t kIdKinds = 9;

/// One way how rows of a table belong to the user.
struct Choice {
  std::string_view column;  ///< empty: none
  Ids in = Ids::None;
  std::string_view also{};  ///< a further condition, without values
};

/// What becomes of a row whose object the context has already when a user comes back.
enum class Meeting {
  Refuse,  ///< an object of the user alone: nothing is restored
  Keep,    ///< others have it, too: theirs stays, only the user's part of it comes back
};

/// Where rows name files of the store.
struct FileColumn {
  std::string_view column{};  ///< empty: they name none
  std::string_view owner{};   ///< column with the FileOwner; empty: `fixed_owner`
  std::int64_t fixed_owner = 0;
};

struct Content {
  std::string_view table;
  Kept kept = Kept::Always;
  std::string_view why{};
  Choice choices[3]{};
  Ids gives = Ids::None;            ///< its rows add to these numbers
  std::string_view gives_column{};  ///< …by this column
  bool is_object = false;           ///< has a column `id` that others name
  Meeting meeting = Meeting::Refuse;
  std::string_view parent{};         ///< the objects that its rows belong to
  std::string_view parent_column{};  ///< …by this column
  std::string_view user_column{};    ///< whose row it is; where there is a column is_group: when that is 0
  bool is_part = false;              ///< comes back to an object that others kept, too
  FileColumn file{};
};

/// Objects stand before what belongs to them.
std::span<const Content> contents();
/// Null for a table that is not listed.
const Content* find_content(std::string_view table);

}  // namespace gw::archive
