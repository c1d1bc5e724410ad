#include "identities/intake/book_intake.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "directory/dn.hpp"
#include "directory/values.hpp"
#include "identities/intake/book_lists.hpp"
#include "identities/intake/book_pictures.hpp"
#include "identities/mapped_user.hpp"

namespace gw::identities::intake {
namespace {

/// Of folder titles, in characters.
constexpr std::size_t kMaxFolderTitle = 255;

std::string book_key(const std::string& title, const std::string& uuid) {
  return to_hex(sha256(title + '\n' + uuid));
}

class BookReading {
 public:
  BookReading(directory::Directory& directory, const DirectoryBookSettings& book, std::int64_t max_picture,
              Report& report)
      : directory_(directory),
        book_(book),
        max_picture_(max_picture),
        report_(report),
        section_(*directory.mapping().contact) {
    section_.filter = directory::both(section_.filter, book.filter);
    section_.is_one_level = book.is_one_level;
    if (!book.base.empty()) section_.base = book.base;
    if (!book.attribute.empty()) folder_.resize(1);
    if (!book.attribute.empty()) folder_.front().attribute = to_lower_ascii(book.attribute);
  }

  BookContent read() {
    content_.title = book_.title;
    auto attributes = attributes_of(section_);
    for (const directory::Source& source : folder_) attributes.push_back(source.attribute);
    directory_.list(section_, attributes, [&](std::vector<directory::Entry>&& entries) {
      for (const directory::Entry& entry : entries) add(entry);
      return true;
    });
    return std::move(content_);
  }

 private:
  void add(const directory::Entry& entry) {
    BookEntry made = read_book_entry(entry, section_);
    const std::string uuid = uuid_of(entry, section_);
    if (uuid.empty()) {
      report_.note_failure(Kind::Contact, made.dn, "the entry has no id");
      return;
    }
    if (!folder_.empty() && !choose_folder(entry, made)) return;
    const auto picture = section_.fields.find(kPictureField);
    if (picture != section_.fields.end())
      if (const std::string bytes = read_picture(entry, picture->second, max_picture_); !bytes.empty())
        made.picture = to_hex(sha256(bytes));
    ++report_.counts(Kind::Contact).read;
    content_.entries.insert_or_assign(book_key(book_.title, uuid), std::move(made));
  }

  /// False: it is in none of the folders.
  bool choose_folder(const directory::Entry& entry, BookEntry& made) const {
    for (const std::string& value : directory::read_values(entry, folder_)) {
      const bool is_wanted =
          book_.values.empty() ||
          std::any_of(book_.values.begin(), book_.values.end(),
                      [&](const std::string& each) { return equal_ignoring_ascii_case(each, value); });
      if (!is_wanted) continue;
      made.folder = first_characters(value, kMaxFolderTitle);
      return true;
    }
    return false;
  }

  directory::Directory& directory_;
  const DirectoryBookSettings& book_;
  const std::int64_t max_picture_;
  Report& report_;
  directory::Section section_;
  directory::Rule folder_;
  BookContent content_;
};

}  // namespace

BookEntry read_book_entry(const directory::Entry& entry, const directory::Section& section) {
  BookEntry made;
  made.dn = directory::normalise_dn(entry.dn);
  made.values = Json::object();
  for (const auto& [name, rule] : section.fields) {
    if (name == kListMark || name == kMembersField || name == kPictureField) continue;
    const std::string text = directory::read_value(entry, rule);
    made.values.set(name, text.empty() ? Json::null() : Json::string(text));
  }
  const auto members = section.fields.find(kMembersField);
  if (members == section.fields.end()) return made;
  const auto mark = section.fields.find(kListMark);
  const auto names = directory::read_values(entry, members->second);
  made.is_list = mark == section.fields.end() ? !names.empty() : directory::read_flag(entry, mark->second);
  if (!made.is_list) return made;
  made.values.set(kListMark.data(), Json::boolean(true));
  for (const std::string& name : names) made.members.push_back(directory::normalise_dn(name));
  return made;
}

std::vector<BookContent> read_books(directory::Directory& directory, std::int64_t max_picture,
                                    Report& report) {
  std::vector<BookContent> books;
  if (!directory.mapping().contact) return books;
  for (const DirectoryBookSettings& book : directory.settings().books)
    books.push_back(BookReading(directory, book, max_picture, report).read());
  resolve_lists(directory, books, report);
  return books;
}

}  // namespace gw::identities::intake
