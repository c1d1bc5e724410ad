// Judges one mail by those search terms that a server cannot, or not exactly. Source: spec mail section 6.4.
#pragma once

#include "mail/message.hpp"
#include "mail/search_term.hpp"

namespace gw::mail {

/// What must be fetched to judge a leaf.
FetchSet fetch_for(const SearchTerm& leaf);
/// A leaf only: And, Or, Not are the caller's. Text compares without case and accents. Body and Text look at
/// what the envelope tells, which is less than they mean. Errors: none.
bool matches_leaf(const SearchTerm& leaf, const Message& message);

}  // namespace gw::mail
