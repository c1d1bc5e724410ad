// Per-user JSON documents of clients, with presets and values derived from the config tree merged in.
// Source: spec settings section 3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::settings {

inline constexpr std::string_view kConfigService = "com.openexchange.jslob.config";
inline constexpr std::string_view kSharedService = "com.openexchange.jslob.shared";

/// The full service id for a parameter (empty and "config" mean kConfigService). Errors: ApiError SVL-0010
/// when unknown.
std::string_view resolve_service(std::string_view name);

/// `{id, tree, meta}` per id in request order; an unknown id gives an empty document, never an error.
/// Limits: 200 ids. Cost: one query per stored document and one for the config tree when a derived document
/// is asked for.
Json list_documents(UnitOfWork& work, std::string_view service, const std::vector<std::string>& ids);
/// Every stored or preset document of the caller.
Json all_documents(UnitOfWork& work, std::string_view service);

/// Replaces the tree; a missing or empty tree removes the document. Preset and derived values that are equal
/// to the current ones are not stored; derived ones that differ are written to the config tree, protected
/// ones dropped. Errors: ApiError SVL-0031 over the size limit; SVL-0010 for a bad id.
void set_document(UnitOfWork& work, std::string_view service, std::string_view id, const Json& tree);
/// Deep merge: objects member-wise, everything else replaces; absent members survive.
void update_document(UnitOfWork& work, std::string_view service, std::string_view id, const Json& changes);

}  // namespace gw::model::settings
