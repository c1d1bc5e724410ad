// What the services of composition spaces share: whose space it is, and whether it may be changed now.
#pragma once

#include <optional>
#include <string_view>

#include "model/compositions/composition_service.hpp"
#include "model/compositions/composition_store.hpp"

namespace gw::model::compositions {

/// The caller, with GroupwareMailCompositions' idle limit.
SpaceOwner owner_of(const UnitOfWork& work);
/// Call it after Transaction::stamp. Errors: MSGCS-0010 while somebody else sends it, or when the claim was
/// lost; MSGCS-0007 for what can be no id.
std::optional<Space> find_to_change(Transaction& transaction, std::string_view id, const SendClaim* claim);
/// The same. Errors: MSGCS-0007 also when it is not there.
Space load_to_change(Transaction& transaction, std::string_view id, const SendClaim* claim);
/// Rows and, after COMMIT, files.
void erase_space(Transaction& transaction, ContextId context, std::string_view id);

}  // namespace gw::model::compositions
