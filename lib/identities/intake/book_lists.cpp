#include "identities/intake/book_lists.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "model/contacts/contact_codecs.hpp"

namespace gw::identities::intake {
namespace {

/// What a list needs of a member.
struct Member {
  std::string name, mail;
  bool is_list = false;
  std::vector<std::string> members;  ///< of a list, normalised names
};

Member member_of(const BookEntry& entry) {
  return {std::string(entry.values.get("display_name").as_string()),
          std::string(entry.values.get("email1").as_string()), entry.is_list, entry.members};
}

class ListResolution {
 public:
  ListResolution(directory::Directory& directory, Report& report)
      : directory_(directory), section_(*directory.mapping().contact), report_(report) {}

  void know(const BookContent& book) {
    for (const auto& [key, entry] : book.entries) known_.insert_or_assign(entry.dn, member_of(entry));
  }

  void resolve(BookEntry& list) {
    // By name and address, as not every directory gives members in the same order each time.
    std::set<std::pair<std::string, std::string>> people;
    std::set<std::string> visited{list.dn};
    std::vector<std::string> open = list.members;
    while (!open.empty()) {
      const std::string dn = std::move(open.back());
      open.pop_back();
      const Member* member = visited.insert(dn).second ? find(dn) : nullptr;
      if (member == nullptr) continue;
      if (member->is_list)
        open.insert(open.end(), member->members.begin(), member->members.end());
      else if (!member->mail.empty())
        people.emplace(member->name, member->mail);
    }
    list.values.set("distribution_list", write(list, people));
  }

  void finish() {
    if (left_out_ > 0)
      report_.note_failure(
          Kind::Contact, {},
          fmt::format("{} members of lists are in no address book and were left out", left_out_));
  }

 private:
  /// nullptr: there is none, or it is no contact by the mapping.
  const Member* find(const std::string& dn) {
    if (const auto known = known_.find(dn); known != known_.end()) return &known->second;
    if (lookups_ == kMostLookups) {
      ++left_out_;
      return nullptr;
    }
    ++lookups_;
    if (missing_.contains(dn)) return nullptr;
    const auto entry = directory_.read(dn, section_, attributes_of(section_));
    if (!entry) {
      missing_.insert(dn);
      return nullptr;
    }
    return &known_.emplace(dn, member_of(read_book_entry(*entry, section_))).first->second;
  }

  Json write(const BookEntry& list, const std::set<std::pair<std::string, std::string>>& people) {
    if (people.size() > model::contacts::kMaxListMembers)
      report_.note_failure(
          Kind::Contact, list.dn,
          fmt::format("a list has at most {} members: {} are left out", model::contacts::kMaxListMembers,
                      people.size() - model::contacts::kMaxListMembers));
    Json members = Json::array();
    for (const auto& [name, mail] : people) {
      if (members.size() == model::contacts::kMaxListMembers) break;
      members.append(Json::object()
                         .set("display_name", Json::string(name.empty() ? mail : name))
                         .set("mail", Json::string(mail))
                         .set("mail_field", Json::integer(0)));
    }
    return members;
  }

  directory::Directory& directory_;
  const directory::Section& section_;
  Report& report_;
  std::map<std::string, Member> known_;
  std::set<std::string> missing_;
  std::size_t lookups_ = 0, left_out_ = 0;
};

}  // namespace

void resolve_lists(directory::Directory& directory, std::vector<BookContent>& books, Report& report) {
  ListResolution resolution(directory, report);
  for (const BookContent& book : books) resolution.know(book);
  for (BookContent& book : books)
    for (auto& [key, entry] : book.entries)
      if (entry.is_list) resolution.resolve(entry);
  resolution.finish();
}

}  // namespace gw::identities::intake
