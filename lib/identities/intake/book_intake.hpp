// Address books of a directory: copies of its entries in public folders that everybody reads and nobody
// changes. As ordinary contacts they are searched, synchronised and told of by events like all others, and
// work while the directory does not answer. Source: spec ldap-and-subscriptions sections 2 and 3.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "directory/directory.hpp"
#include "identities/intake/report.hpp"
#include "model/unit_of_work.hpp"

namespace gw::identities::intake {

/// One contact-to-be.
struct BookEntry {
  std::string folder;  ///< a value of the book's attribute; empty: the book itself
  std::string dn;
  Json values;  ///< by the names of contact fields; null clears
  /// Digest of the picture, or empty. Its bytes are asked for again when they are stored: those of all
  /// entries would not fit into memory.
  std::string picture = {};
  bool is_list = false;
  std::vector<std::string> members = {};  ///< of a list: names of entries, normalised
};

struct BookContent {
  std::string title;
  std::map<std::string, BookEntry> entries;  ///< by key: the same for an entry as long as the book has it
};

/// The values, and who the members are; the folder and the picture are the book's business.
BookEntry read_book_entry(const directory::Entry& entry, const directory::Section& section);

/// What the books of the configuration have now; their folders are part of it. Larger pictures than
/// `max_picture` bytes are left out. Errors: DirectoryError. Cost: a search for each book, its entries in
/// memory, and the lookups of resolve_lists.
std::vector<BookContent> read_books(directory::Directory& directory, std::int64_t max_picture,
                                    Report& report);

struct BookRun {
  model::UnitOfWork& work;
  directory::Directory& directory;  ///< asked for pictures
  const std::vector<BookContent>& books;
  bool is_preview = false;
  const std::function<bool()>& goes_on;
};

/// As take_groups. Books that are not configured any more go with their contacts. Cost: a transaction for
/// each contact that changes.
bool take_books(const BookRun& run, Report& report);

}  // namespace gw::identities::intake
