// autocomplete: what a person types into a recipient field. Source: spec contacts section 6.
#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/folder_selection.hpp"
#include "model/contacts/search_limits.hpp"
#include "model/text_pattern.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::contacts {
namespace {

constexpr std::size_t kMaxTokens = 16;

/// Cuts at white space; what stands between quotes stays together.
std::vector<std::string> split_tokens(std::string_view query) {
  std::vector<std::string> tokens;
  std::string token;
  bool quoted = false;
  const auto finish = [&] {
    if (!token.empty() && tokens.size() < kMaxTokens) tokens.push_back(token);
    token.clear();
  };
  for (const char c : query) {
    if (c == '"') {
      quoted = !quoted;
      finish();
    } else if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      finish();
    } else {
      token += c;
    }
  }
  finish();
  return tokens;
}

/// A token with wildcards is still only the beginning of a value.
TextPattern prefix_pattern(const std::string& token) {
  const bool has_wildcards = token.find_first_of("*?") != std::string::npos;
  return {has_wildcards ? token + "*" : token, PatternKind::Prefix};
}

/// Prefix of the whole value, or of one of its words when it is a display name: "mil" finds "Anna Miller",
/// who has no last name when the address was collected from a mail.
bool matches_words(const TextPattern& pattern, std::string_view folded) {
  constexpr std::string_view kBetween = " ,;(\"'";
  while (!folded.empty()) {
    if (pattern.matches_folded(folded)) return true;
    const std::size_t end = folded.find_first_of(kBetween);
    if (end == std::string_view::npos) return false;
    folded.remove_prefix(end + 1);
  }
  return false;
}

class Completion {
 public:
  Completion(const std::vector<std::string>& tokens, bool email_required) : email_required_(email_required) {
    for (const std::string& token : tokens) patterns_.push_back(prefix_pattern(token));
  }

  [[nodiscard]] bool accepts(const Contact& contact) const {
    const bool has_address = contact.email1 || contact.email2 || contact.email3;
    if (email_required_ && !has_address && !contact.mark_as_distributionlist) return false;
    const Text* values[] = {&contact.first_name, &contact.last_name, &contact.email1, &contact.email2,
                            &contact.email3};
    std::vector<std::string> folded;
    for (const Text* value : values)
      if (*value) folded.push_back(fold(**value));
    const std::string display = contact.display_name ? fold(*contact.display_name) : std::string();
    return std::all_of(patterns_.begin(), patterns_.end(), [&](const TextPattern& pattern) {
      return matches_words(pattern, display) ||
             std::any_of(folded.begin(), folded.end(),
                         [&](const std::string& value) { return pattern.matches_folded(value); });
    });
  }

  [[nodiscard]] std::vector<std::string> pieces() const {
    std::vector<std::string> pieces;
    for (const TextPattern& pattern : patterns_)
      if (std::string piece = pattern.piece(); !piece.empty()) pieces.push_back(std::move(piece));
    return pieces;
  }

 private:
  bool email_required_;
  std::vector<TextPattern> patterns_;
};

/// Default folder, collected addresses, global address book, others.
class FolderRank {
 public:
  FolderRank(sql::Connection& connection, const Caller& caller) {
    if (const auto user = users::find_user(connection, caller.context, caller.user)) {
      default_ = user->contacts_folder;
      collected_ = user->collected_folder;
    }
  }
  [[nodiscard]] int of(FolderId folder) const {
    if (default_ && folder == default_) return 0;
    if (collected_ && folder == collected_) return 1;
    return folder == kGlobalAddressBook ? 2 : 3;
  }

 private:
  FolderId default_;
  FolderId collected_;
};

}  // namespace

ListResult autocomplete(UnitOfWork& work, const AutocompleteQuery& query, const ListRequest& request,
                        const Visitor& visit) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  const std::vector<std::string> tokens = split_tokens(query.query);
  if (!tokens.empty()) check_pattern(query.query, work.settings());
  FolderLookup lookup(connection, caller);
  const Completion completion(tokens, query.email_required);
  store::Condition condition{.folders = select_folders(connection, caller, lookup, query.folders),
                             .pieces = completion.pieces()};
  const SortKeys keys({}, caller);
  const FolderRank rank(connection, caller);
  Listing listing(work, connection, request, visit,
                  fields_of(std::array{500, 501, 502, 555, 556, 557, 602, 608}), [&](const Contact& contact) {
                    return KeyBuilder()
                        .descending_number(contact.use_count)
                        .number(rank.of(FolderId(contact.folder_id)))
                        .text(keys.collator(), contact.display_name)
                        .take();
                  });
  if (!tokens.empty())
    scan_visible(listing, connection, caller, lookup, condition,
                 [&](const Contact& contact) { return completion.accepts(contact); });
  return with_timestamp(listing.finish(lookup), connection, caller);
}

}  // namespace gw::model::contacts
