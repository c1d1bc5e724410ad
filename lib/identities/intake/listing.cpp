#include "identities/intake/listing.hpp"

#include <algorithm>

#include "directory/dn.hpp"

namespace gw::identities::intake {
namespace {

/// So many entries are read one by one, which costs less than reading everything.
constexpr std::size_t kReadSingly = 20;

class SectionListing {
 public:
  SectionListing(directory::Directory& directory, const directory::Section& section,
                 const KnownBindings& known, Kind kind, Report& report)
      : directory_(directory),
        section_(section),
        known_(known),
        kind_(kind),
        report_(report),
        mapping_digest_(digest_of_mapping(directory.settings())) {}

  std::vector<Listed> read(Reading reading) {
    // Without a mark nothing tells what changed.
    if (reading == Reading::Everything || section_.modified.empty()) {
      list_with_values();
    } else {
      list_marks();
      complete();
    }
    std::vector<Listed> all;
    for (auto& [uuid, listed] : found_) all.push_back(std::move(listed));
    report_.counts(kind_).read = static_cast<std::int64_t>(all.size());
    return all;
  }

 private:
  Listed listed_of(const directory::Entry& entry) const {
    return {uuid_of(entry, section_), directory::normalise_dn(entry.dn),
            mark_of(entry, section_, mapping_digest_), std::nullopt};
  }

  void add(Listed listed) {
    if (listed.uuid.empty()) {
      report_.note_failure(kind_, listed.dn, "the entry has no id");
      return;
    }
    const std::string dn = listed.dn;
    std::string uuid = listed.uuid;
    if (!found_.emplace(std::move(uuid), std::move(listed)).second)
      report_.note_failure(kind_, dn, "another entry has the same id");
  }

  void list_with_values() {
    directory_.list(section_, attributes_of(section_), [&](std::vector<directory::Entry>&& entries) {
      for (directory::Entry& entry : entries) {
        Listed listed = listed_of(entry);
        listed.entry = std::move(entry);
        add(std::move(listed));
      }
      return true;
    });
  }

  void list_marks() {
    directory_.list(section_, marks_of(section_), [&](std::vector<directory::Entry>&& entries) {
      for (const directory::Entry& entry : entries) add(listed_of(entry));
      return true;
    });
  }

  [[nodiscard]] bool is_as_before(const Listed& listed) const {
    const auto binding = known_.find(listed.uuid);
    return binding != known_.end() && !listed.mark.empty() && binding->second.mark == listed.mark &&
           binding->second.dn == listed.dn && binding->second.state != model::bindings::State::Gone;
  }

  /// Reads the values of what is not as before.
  void complete() {
    std::vector<Listed*> changed;
    for (auto& [uuid, listed] : found_)
      if (!is_as_before(listed)) changed.push_back(&listed);
    if (changed.size() > kReadSingly) {
      read_all_values();
      return;
    }
    for (Listed* listed : changed) {
      auto entry = directory_.read(listed->dn, section_, attributes_of(section_));
      if (entry && uuid_of(*entry, section_) == listed->uuid) listed->entry = std::move(entry);
    }
    forget_unread();
  }

  void read_all_values() {
    directory_.list(section_, attributes_of(section_), [&](std::vector<directory::Entry>&& entries) {
      for (directory::Entry& entry : entries) {
        const auto place = found_.find(uuid_of(entry, section_));
        if (place == found_.end() || is_as_before(place->second)) continue;
        Listed fresh = listed_of(entry);
        fresh.entry = std::move(entry);
        place->second = std::move(fresh);
      }
      return true;
    });
    forget_unread();
  }

  /// What moved between both searches, and is not bound: the next run finds it. What is bound stays as it is.
  void forget_unread() {
    std::erase_if(found_,
                  [&](const auto& pair) { return !pair.second.entry && !known_.contains(pair.first); });
  }

  directory::Directory& directory_;
  const directory::Section& section_;
  const KnownBindings& known_;
  const Kind kind_;
  Report& report_;
  const std::string mapping_digest_;
  std::map<std::string, Listed> found_;
};

}  // namespace

std::vector<Listed> list_section(directory::Directory& directory, const directory::Section& section,
                                 const KnownBindings& known, Reading reading, Kind kind, Report& report) {
  return SectionListing(directory, section, known, kind, report).read(reading);
}

}  // namespace gw::identities::intake
