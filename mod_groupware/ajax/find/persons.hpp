// Facets of persons: contacts that what was typed may mean, and back from their filters to who takes part.
#pragma once

#include "ajax/find/facets.hpp"
#include "model/participant_search.hpp"

namespace gw::ajax {

/// The field of filters that mean a contact itself.
inline constexpr std::string_view kContactField = "contact";

struct FoundPerson {
  std::string id;       ///< of the facet's value
  std::string contact;  ///< the id of the contact
  std::string name, detail, picture;
  /// `user:3`, `mail:jo@example.test`: what filters say of him; nothing without an address.
  std::vector<std::string> queries;
};
/// By the autocomplete of contacts, in its order. Rights are those of contacts.
std::vector<FoundPerson> find_persons(Invocation& invocation, std::string_view text, std::size_t most,
                                      bool with_admin);

/// Who is meant by the queries of a filter: one of find_persons, or any text. A text means the users whose
/// contacts the caller can find by it, and whoever outside has it in his address or name. Cost: an
/// autocomplete of contacts for each text.
model::ParticipantCondition participants_of(Invocation& invocation, const FindCriterion& criterion);
/// The addresses and texts alone, for those who know no users.
std::vector<std::string> addresses_of(const FindCriterion& criterion);

}  // namespace gw::ajax
