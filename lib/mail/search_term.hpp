// What mails are searched for: a small tree that storages turn into SEARCH or judge themselves. Source: spec
// mail section 6.4.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "mail/flags.hpp"

namespace gw::mail {

/// Limits: 50 levels, 1,000 nodes; parsers of the API keep them.
struct SearchTerm {
  enum class Kind {
    All,
    And,
    Or,
    Not,
    From,
    To,
    Cc,
    Bcc,
    Subject,  ///< text contains
    Body,
    Text,     ///< body; anywhere in the message
    Header,   ///< header `name` contains `text`
    HasFlag,  ///< the one bit `flag` is set
    Keyword,  ///< keyword `text` is set
    Larger,
    Smaller,  ///< bytes, strictly
    ReceivedBefore,
    ReceivedSince,
    SentBefore,
    SentSince,       ///< `at`, exact to the millisecond; "before" is strict
    AttachmentName,  ///< a part's file name contains
    HasAttachment,
    UidIn,
  };
  Kind kind = Kind::All;
  std::string text, name;
  Flag flag = Flag::Seen;
  std::int64_t number = 0;
  Millis at;
  std::vector<std::uint32_t> uids;
  std::vector<SearchTerm> children;
};

SearchTerm leaf_term(SearchTerm::Kind kind, std::string text = {}, std::string_view name = {});
/// The one bit is set, or it is not.
SearchTerm flag_term(Flag flag, bool is_set = true);
/// And, Or. Of one term it is that term, of none it is All.
SearchTerm joined_term(SearchTerm::Kind kind, std::vector<SearchTerm> terms);
SearchTerm negate(SearchTerm term);
/// A term of kind All counts for nothing.
SearchTerm both(SearchTerm a, SearchTerm b);
SearchTerm either(SearchTerm a, SearchTerm b);

}  // namespace gw::mail
